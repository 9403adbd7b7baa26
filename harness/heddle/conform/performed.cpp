// See the header.
#include <algorithm>
#include <array>
#include <charconv>

#include <heddle/conform/performed.hpp>
#include <heddle/programs/objects/registry.hpp>
#include <heddle/programs/variables.hpp>
#include <mp/errors.hpp>

namespace heddle::conform {
namespace {

using programs::Carried;
using programs::Evaluated;
using programs::KindRow;
using programs::OperationRow;
using programs::Parameter;
using programs::ParameterKind;
using programs::Payload;

const OperationRow& row_of(const KindRow& kind, CallForm form, const std::string& operation) {
  using programs::Form;
  constexpr std::array forms{Form::call,      Form::call,       Form::read,       Form::write,
                             Form::item_read, Form::item_write, Form::slice_read, Form::slice_write};
  for (const OperationRow& row : kind.operations)
    if (row.name == operation && row.form == forms[static_cast<std::size_t>(form)]) return row;
  throw mp::AttributeError(operation);
}

class Reader {
 public:
  explicit Reader(const Find& find) : find_(find) {}

  std::vector<Evaluated> arguments(const Call& call, std::span<const Parameter> parameters) const {
    std::vector<Evaluated> evaluated(parameters.size());
    for (std::size_t at = 0; at < call.arguments.size(); ++at) {
      const Argument& argument = call.arguments[at];
      const auto named = std::ranges::find(parameters, argument.keyword, &Parameter::name);
      const std::size_t i =
          argument.keyword.empty() ? at : static_cast<std::size_t>(named - parameters.begin());
      if (i >= parameters.size()) throw mp::TypeError("too many arguments");
      evaluated[i] = argument_of(argument.term, parameters[i].kind);
    }
    return evaluated;
  }

 private:
  Evaluated argument_of(const Term& term, ParameterKind kind) const {
    if (const auto* const name = std::get_if<ObjectName>(&term)) {
      Carried found = find_(name->name);
      if (kind == ParameterKind::message) return {.payload = Payload{std::move(found)}};
      return {.object = found.object.get()};
    }
    if (const auto* const function = std::get_if<FunctionName>(&term))
      return {.payload = programs::payload_of(function->name)};
    if (const auto* const method = std::get_if<programs::Method>(&term))
      return {.method = calling(*method, find_)};
    if (const auto* const comparison = std::get_if<programs::Comparison>(&term))
      return {.predicate = [find = find_, told = *comparison] {
        return programs::holds(
            told,
            performed({.form = CallForm::read, .object = told.object, .operation = told.attribute}, find));
      }};
    if (kind == ParameterKind::objects) return {.named = named(term)};
    return {.payload = std::get<Payload>(term)};
  }

  /// Each is called as its position.
  std::vector<programs::Named> named(const Term& term) const {
    static constexpr std::array<std::string_view, 8> digits{"0", "1", "2", "3", "4", "5", "6", "7"};
    std::vector<programs::Named> named;
    if (const auto* const several = std::get_if<Several>(&term)) {
      for (const Term& each : several->terms) {
        programs::Named& last = named.emplace_back(programs::Named{.name = digits.at(named.size())});
        if (const auto* const name = std::get_if<ObjectName>(&each))
          last.object = find_(name->name).object.get();
        else
          last.payload = std::get<Payload>(each);
      }
    } else {
      for (const Payload& each : std::get<programs::List>(std::get<Payload>(term).kind).items)
        named.emplace_back(programs::Named{.name = digits.at(named.size())}).payload = each;
    }
    return named;
  }

  const Find& find_;
};

Payload positions_in(const Payload& names) {
  programs::List positions;
  for (const Payload& each : std::get<programs::List>(names.kind).items) {
    const auto& digits = std::get<std::string>(each.kind);
    std::int64_t position = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), position);
    positions.items.push_back(programs::payload_of(position));
  }
  return {std::move(positions)};
}

}  // namespace

Made made(const Call& call, const Find& find) {
  const Carried owner = call.object.empty() ? Carried{} : find(call.object);
  const programs::MakerRow* const row =
      programs::find_maker(call.operation, owner.kind == nullptr ? std::string_view() : owner.kind->name);
  if (row == nullptr) throw mp::AttributeError(call.operation);
  programs::Call asked(owner.object.get(), Reader(find).arguments(call, row->parameters), call.names,
                       mp::Location::current());
  return {.objects = row->make(asked), .kind = row->kind};
}

Payload performed(const Call& call, const Find& find) {
  const Carried target =
      call.object.empty() ? Carried{.object = nullptr, .kind = &programs::functions()} : find(call.object);
  const OperationRow& row = row_of(*target.kind, call.form, call.operation);
  programs::Call asked(target.object.get(), Reader(find).arguments(call, row.parameters), {},
                       mp::Location::current());
  Payload result = row.run(asked);
  return call.object.empty() && call.operation == "wait" ? positions_in(result) : result;
}

std::vector<std::string> capabilities_of_rows() {
  std::vector<std::string> all{"wait", "active_children", "slow", "unserialisable", "undecodable"};
  for (const programs::MakerRow* const row : programs::makers())
    if (row->made_by.empty()) all.emplace_back(row->name);
  return all;
}

std::function<void()> calling(const programs::Method& method, const Find& find) {
  const Carried target = find(method.object);
  const OperationRow& row = row_of(*target.kind, CallForm::call, method.name);
  return [target, &row] {
    programs::Call call(target.object.get(), std::vector<Evaluated>(row.parameters.size()), {},
                        mp::Location::current());
    row.run(call);
  };
}

}  // namespace heddle::conform

namespace mp {

using heddle::conform::Handed;

void codec<Handed>::encode(Encoder& encoder, const Handed& handed) {
  encoder.shared(handed.kind, "a kind");
  handed.object->encode(encoder);
}

Handed codec<Handed>::decode(Decoder& decoder) {
  Handed handed;
  handed.kind = static_cast<const heddle::programs::KindRow*>(decoder.shared());
  handed.object = handed.kind->decode(decoder);
  return handed;
}

}  // namespace mp
