// See the header. An object with one key is a value that JSON has no word for; the key says which.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include <heddle/conform/json_values.hpp>
#include <heddle/programs/objects/registry.hpp>

namespace heddle::conform {
namespace {

using nlohmann::json;
using programs::Comparison;
using programs::Payload;

std::string hexadecimal(const mp::Bytes& bytes) {
  std::string text;
  text.reserve(2 * bytes.size());
  constexpr std::string_view digits = "0123456789abcdef";
  for (const std::byte byte : bytes) {
    text += digits[std::to_integer<unsigned>(byte) >> 4U];
    text += digits[std::to_integer<unsigned>(byte) & 15U];
  }
  return text;
}

mp::Bytes bytes_in(const std::string& text) {
  mp::Bytes bytes;
  if (text.size() % 2 != 0) throw std::invalid_argument("bytes have an even number of digits");
  for (std::size_t at = 0; at < text.size(); at += 2) {
    unsigned value = 0;
    const char* const end = text.data() + at + 2;
    if (std::from_chars(text.data() + at, end, value, 16).ptr != end)
      throw std::invalid_argument(fmt::format("'{}' are no hexadecimal digits", text.substr(at, 2)));
    bytes.push_back(static_cast<std::byte>(value));
  }
  return bytes;
}

struct ToJson {
  json operator()(const programs::None&) const { return nullptr; }
  json operator()(const mp::Bytes& bytes) const { return {{"bytes", hexadecimal(bytes)}}; }
  json operator()(const programs::List& list) const {
    json array = json::array();
    for (const Payload& item : list.items) array.push_back(json_of(item));
    return array;
  }
  json operator()(const programs::Sized& sized) const { return {{"size", sized.bytes}}; }
  json operator()(const programs::Slow& slow) const { return {{"slow", slow.seconds}}; }
  json operator()(const programs::Unserialisable&) const { return {{"unserialisable", true}}; }
  json operator()(const programs::Undecodable&) const { return {{"undecodable", true}}; }
  json operator()(const programs::Carried& carried) const {
    const auto* const remote = dynamic_cast<const RemoteObject*>(carried.object.get());
    return {{"object", remote == nullptr ? std::string() : remote->name}};
  }
  template <class T>
  json operator()(const T& value) const {
    return value;
  }
};

using Relation = Comparison::Relation;
constexpr std::array<std::pair<Relation, std::string_view>, 6> relations{{{Relation::equal, "=="},
                                                                          {Relation::unequal, "!="},
                                                                          {Relation::less, "<"},
                                                                          {Relation::at_most, "<="},
                                                                          {Relation::more, ">"},
                                                                          {Relation::at_least, ">="}}};

struct TermToJson {
  json operator()(const Payload& payload) const { return json_of(payload); }
  json operator()(const ObjectName& object) const { return {{"object", object.name}}; }
  json operator()(const FunctionName& function) const { return {{"function", function.name}}; }
  json operator()(const ExceptionName& exception) const { return {{"name", exception.name}}; }
  json operator()(const programs::Method& method) const {
    return {{"method", {{"object", method.object}, {"name", method.name}}}};
  }
  json operator()(const Comparison& comparison) const {
    const auto* const row =
        std::ranges::find(relations, comparison.relation, &decltype(relations)::value_type::first);
    return {{"predicate",
             {{"object", comparison.object},
              {"attribute", comparison.attribute},
              {"relation", row->second},
              {"value", json_of(comparison.value)}}}};
  }
  json operator()(const Several& several) const {
    json array = json::array();
    for (const Term& term : several.terms) array.push_back(json_of(term));
    return array;
  }
};

Comparison comparison_in(const json& of) {
  const auto relation = of.at("relation").get<std::string>();
  const auto* const row = std::ranges::find(relations, relation, &decltype(relations)::value_type::second);
  if (row == relations.end()) throw std::invalid_argument(fmt::format("'{}' is no relation", relation));
  return {.object = of.at("object"),
          .attribute = of.at("attribute"),
          .relation = row->first,
          .value = payload_in(of.at("value"))};
}

/// What one key says; the value is beside it.
Payload payload_called(const std::string& key, const json& value) {
  if (key == "bytes") return {bytes_in(value.get<std::string>())};
  if (key == "size") return {programs::Sized{value.get<std::int64_t>()}};
  if (key == "slow") return {programs::Slow{value.get<double>()}};
  if (key == "unserialisable") return {programs::Unserialisable{}};
  if (key == "undecodable") return {programs::Undecodable{}};
  if (key == "object")
    return {programs::Carried{std::make_shared<RemoteObject>(value.get<std::string>()),
                              &programs::result_kind()}};
  throw std::invalid_argument(fmt::format("no value is called '{}'", key));
}

}  // namespace

json json_of(const Payload& payload) { return std::visit(ToJson{}, payload.kind); }

json json_of(const Term& term) { return std::visit(TermToJson{}, static_cast<const Term::variant&>(term)); }

Payload payload_in(const json& of) {
  if (of.is_null()) return programs::none();
  if (of.is_boolean()) return {of.get<bool>()};
  if (of.is_number_float()) return {of.get<double>()};
  if (of.is_number_integer()) return {of.get<std::int64_t>()};
  if (of.is_string()) return {of.get<std::string>()};
  if (of.is_object() && of.size() == 1) return payload_called(of.begin().key(), of.begin().value());
  if (!of.is_array()) throw std::invalid_argument("a value is an object with one key");
  programs::List list;
  for (const json& item : of) list.items.push_back(payload_in(item));
  return {std::move(list)};
}

Term term_in(const json& of) {
  if (of.is_object() && of.size() == 1) {
    const std::string& key = of.begin().key();
    const json& value = of.begin().value();
    if (key == "object") return ObjectName{value};
    if (key == "function") return FunctionName{value};
    if (key == "name") return ExceptionName{value};
    if (key == "method") return programs::Method{.object = value.at("object"), .name = value.at("name")};
    if (key == "predicate") return comparison_in(value);
  }
  const bool names_objects = of.is_array() && std::ranges::any_of(of, [](const json& item) {
                               return item.is_object() && item.contains("object");
                             });
  if (!names_objects) return payload_in(of);
  Several several;
  for (const json& item : of) several.terms.push_back(term_in(item));
  return several;
}

}  // namespace heddle::conform
