// See the header.
#include <fmt/format.h>

#include <charconv>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include <heddle/results/json_words.hpp>

namespace heddle::results {
namespace {

bool is_utf8(const std::string& text) {
  try {
    static_cast<void>(Json(text).dump());
    return true;
  } catch (const Json::exception&) {
    return false;
  }
}

std::string hex_of(std::string_view bytes) {
  std::string letters;
  for (const char byte : bytes) letters += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return letters;
}

}  // namespace

std::uint64_t number_of_hex(std::string_view letters) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(letters.data(), letters.data() + letters.size(), number, 16);
  if (error != std::errc() || end != letters.data() + letters.size() || letters.empty())
    throw std::invalid_argument("no hexadecimal number");
  return number;
}

Json of_text(const std::string& text) { return is_utf8(text) ? Json(text) : Json{{"hex", hex_of(text)}}; }

std::string text_from(const Json& json) {
  if (json.is_string()) return json.get<std::string>();
  const auto& letters = json.at("hex").get_ref<const std::string&>();
  if (letters.size() % 2 != 0) throw std::invalid_argument("half a byte");
  std::string bytes;
  for (std::size_t at = 0; at < letters.size(); at += 2)
    bytes += static_cast<char>(number_of_hex(std::string_view(letters).substr(at, 2)));
  return bytes;
}

std::string of_hash(std::uint64_t hash) { return fmt::format("{:016x}", hash); }
std::uint64_t hash_from(const Json& json) { return number_of_hex(json.get_ref<const std::string&>()); }

std::uint64_t number_from(const Json& json) {
  if (!json.is_number_unsigned()) throw std::invalid_argument("a number below 0, or none");
  return json.get<std::uint64_t>();
}

std::uint32_t small_from(const Json& json) {
  const std::uint64_t number = number_from(json);
  if (number > UINT32_MAX) throw std::invalid_argument("a number that is too large");
  return static_cast<std::uint32_t>(number);
}

Json of_names(const std::set<std::string>& names) {
  Json all = Json::array();
  for (const std::string& name : names) all.push_back(of_text(name));
  return all;
}

std::set<std::string> names_from(const Json& json) {
  std::set<std::string> names;
  for (const Json& name : json) names.insert(text_from(name));
  return names;
}

}  // namespace heddle::results
