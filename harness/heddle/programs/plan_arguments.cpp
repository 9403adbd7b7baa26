// Arguments: which parameter each is for, what its name means, and whether a literal is of the right type.
#include <fmt/format.h>

#include <algorithm>

#include <heddle/core/near.hpp>
#include <heddle/programs/exceptions.hpp>
#include <heddle/programs/limits.hpp>
#include <heddle/programs/planner.hpp>

namespace heddle::programs {
namespace {

template <class... T>
bool is_one_of(const Payload& payload) {
  return (std::holds_alternative<T>(payload.kind) || ...);
}

bool fits(const Payload& payload, ParameterKind kind) {
  switch (kind) {
    case ParameterKind::any:
    case ParameterKind::message:
      return true;
    case ParameterKind::flag:
      return is_one_of<bool>(payload);
    case ParameterKind::integer:
      return is_one_of<std::int64_t, None>(payload);
    case ParameterKind::seconds:
      return is_one_of<std::int64_t, double, None>(payload);
    case ParameterKind::bytes:
      return is_one_of<mp::Bytes, Sized>(payload);
    case ParameterKind::objects:
      return is_one_of<List>(payload) && std::get<List>(payload.kind).items.empty();
    case ParameterKind::method:
      return is_none(payload);
    case ParameterKind::predicate:
    case ParameterKind::exception:
    case ParameterKind::object:
      return false;
  }
  return false;
}

std::string_view words_of(ParameterKind kind) {
  switch (kind) {
    case ParameterKind::any:
      return "a value";
    case ParameterKind::flag:
      return "True or False";
    case ParameterKind::integer:
      return "an integer";
    case ParameterKind::seconds:
      return "a number of seconds";
    case ParameterKind::bytes:
      return "bytes, b'...' or size(n)";
    case ParameterKind::message:
      return "a value or the name of an object";
    case ParameterKind::predicate:
      return "a predicate such as x.value >= 4";
    case ParameterKind::exception:
      return "the name of an exception";
    case ParameterKind::object:
      return "the name of an object";
    case ParameterKind::objects:
      return "a list of names such as [a, b]";
    case ParameterKind::method:
      return "an operation such as x.release";
  }
  return "";
}

bool takes_results(ParameterKind kind) { return kind <= ParameterKind::message; }

PlannedTerm plan_exception(const std::string& name, Place place) {
  if (find_exception(name) != nullptr) return {.name = std::make_shared<Payload>(payload_of(name))};
  throw Senseless{place, fmt::format("no exception is called '{}'", name),
                  near_hint(name, names_of(exceptions()), "docs/reference/program-text.md lists them")};
}

std::size_t object_called(const Planning& planning, const std::string& name, Place place) {
  const Names::Named* named = planning.names.find(name);
  if (named != nullptr && named->kind == TargetKind::object) return named->index;
  throw Senseless{place, fmt::format("no object is called '{}'", name), planning.names.near(name)};
}

PlannedTerm plan_comparison(const Planning& planning, const Comparison& comparison, Place place) {
  const std::size_t object = object_called(planning, comparison.object, place);
  for (const OperationRow& row : planning.plan.kinds[object]->operations)
    if (row.name == comparison.attribute && row.form == Form::read)
      return {.comparison = &comparison, .object = object, .reader = &row};
  throw Senseless{place, fmt::format("'{}' has no {}", comparison.object, comparison.attribute),
                  "an attribute is compared, such as the value of a Value"};
}

/// Only generated programs can hold one that is not: the parser has the same limits.
bool is_within_limits(const Payload& payload, int depth = 0) {
  if (const auto* sized = std::get_if<Sized>(&payload.kind))
    return sized->bytes >= 0 && sized->bytes <= limits::sized_max;
  if (const auto* slow = std::get_if<Slow>(&payload.kind))
    return slow->seconds >= 0 && slow->seconds <= limits::seconds_max;
  const auto* list = std::get_if<List>(&payload.kind);
  return list == nullptr ||
         (depth < limits::list_depth_max && std::ranges::all_of(list->items, [&](const Payload& item) {
            return is_within_limits(item, depth + 1);
          }));
}

struct TermPlanner {
  const Planning& planning;
  const Parameter& parameter;
  Place place;
  ParameterKind kind = parameter.kind;

  [[noreturn]] void refuse(const std::string& found) const {
    throw Senseless{place, fmt::format("found {}, expected {}", found, words_of(kind)),
                    "docs/reference/program-text.md lists what each operation takes"};
  }
  PlannedTerm plan_object(const Reference& reference) const {
    const std::size_t object = object_called(planning, reference.name, place);
    const std::string_view found = planning.plan.kinds[object]->name;
    if (std::ranges::find(parameter.kinds, found) != parameter.kinds.end()) return {.object = object};
    throw Senseless{place, fmt::format("'{}' is a {}", reference.name, found),
                    fmt::format("name a {}", fmt::join(parameter.kinds, " or a "))};
  }
  /// One of several names.
  PlannedTerm plan_listed(const std::string& name) const {
    const auto slot = planning.slots.find(name);
    return slot != planning.slots.end() ? PlannedTerm{.slot = slot->second} : plan_object({.name = name});
  }
  PlannedTerm operator()(const Payload& payload) const {
    if (!fits(payload, kind)) refuse(literal(payload));
    if (!is_within_limits(payload)) throw Senseless{place, "a value beyond the limits", "ask for less"};
    return {.payload = &payload};
  }
  PlannedTerm operator()(const Comparison& comparison) const {
    if (kind != ParameterKind::predicate) refuse("a predicate");
    return plan_comparison(planning, comparison, place);
  }
  PlannedTerm operator()(const Reference& reference) const {
    if (reference.addend != 0 && !takes_results(kind)) refuse("a sum");
    if (kind == ParameterKind::exception) return plan_exception(reference.name, place);
    if (kind == ParameterKind::object) return plan_object(reference);
    const Names::Named* named = planning.names.find(reference.name);
    if (kind == ParameterKind::message && named != nullptr && named->kind == TargetKind::object)
      return {.object = named->index, .travels_as = planning.plan.kinds[named->index]};
    const auto slot = planning.slots.find(reference.name);
    if (slot != planning.slots.end() && takes_results(kind))
      return {.slot = slot->second, .addend = reference.addend};
    if (named != nullptr) refuse(fmt::format("'{}', which is no value", reference.name));
    throw Senseless{place, fmt::format("'{}' is not bound to a result here", reference.name),
                    "bind it first: x = tasks.get()"};
  }
  PlannedTerm operator()(const Method& method) const {
    if (kind != ParameterKind::method) refuse(fmt::format("'{}.{}'", method.object, method.name));
    const std::size_t object = object_called(planning, method.object, place);
    const OperationRow& row = find_operation(*planning.plan.kinds[object], method.name, Form::call, place);
    plan_arguments(planning, {}, row.parameters, method.name + "()", place);
    return {.object = object, .method = &row};
  }
  PlannedTerm operator()(const NameList& list) const {
    if (kind != ParameterKind::objects) refuse("a list of names");
    PlannedTerm planned{.names = &list};
    for (const std::string& name : list.names) planned.list.push_back(plan_listed(name));
    return planned;
  }
};

std::size_t position_of(const Argument& argument, std::size_t at, std::span<const Parameter> parameters,
                        std::string_view callee) {
  if (argument.keyword.empty()) {
    if (at < parameters.size()) return at;
    throw Senseless{argument.place, fmt::format("{} takes at most {} arguments", callee, parameters.size()),
                    "leave the rest out"};
  }
  const auto found = std::ranges::find(parameters, std::string_view(argument.keyword), &Parameter::name);
  if (found != parameters.end()) return static_cast<std::size_t>(found - parameters.begin());
  throw Senseless{argument.place, fmt::format("{} has no parameter '{}'", callee, argument.keyword),
                  near_hint(argument.keyword, names_of(parameters),
                            "docs/reference/program-text.md lists what each operation takes")};
}

}  // namespace

PlannedTerm plan_term(const Planning& planning, const Term& term, const Parameter& parameter, Place place) {
  return std::visit(TermPlanner{planning, parameter, place}, term);
}

std::vector<std::optional<PlannedTerm>> plan_arguments(const Planning& planning,
                                                       const std::vector<Argument>& arguments,
                                                       std::span<const Parameter> parameters,
                                                       std::string_view callee, Place place) {
  std::vector<std::optional<PlannedTerm>> planned(parameters.size());
  for (std::size_t at = 0; at < arguments.size(); ++at) {
    const Argument& argument = arguments[at];
    const std::size_t i = position_of(argument, at, parameters, callee);
    if (planned[i])
      throw Senseless{argument.place, fmt::format("{} is given '{}' twice", callee, parameters[i].name),
                      "leave one out"};
    planned[i] = plan_term(planning, argument.term, parameters[i], argument.place);
  }
  for (std::size_t i = 0; i < parameters.size(); ++i)
    if (!planned[i] && !parameters[i].is_optional)
      throw Senseless{place, fmt::format("{} lacks its argument '{}'", callee, parameters[i].name),
                      fmt::format("it takes {}", words_of(parameters[i].kind))};
  return planned;
}

}  // namespace heddle::programs
