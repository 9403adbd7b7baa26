// Arguments: which parameter each is for, what its name means, and whether a literal is of the right type.
#include <fmt/format.h>

#include <algorithm>

#include <heddle/core/near.hpp>
#include <heddle/programs/exceptions.hpp>
#include <heddle/programs/job_functions.hpp>
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
    case ParameterKind::function:
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
    case ParameterKind::function:
      return "the name of a function such as square";
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

PlannedTerm plan_function(const std::string& name, Place place) {
  if (find_job_function(name) != nullptr) return {.name = std::make_shared<Payload>(payload_of(name))};
  throw Senseless{place, fmt::format("no function of workers is called '{}'", name),
                  near_hint(name, names_of(job_functions()), "docs/reference/program-text.md lists them")};
}

bool is_object(const Names::Named& named) {
  return named.kind == TargetKind::object || named.kind == TargetKind::own;
}

Names::Named object_called(const Planning& planning, const std::string& name, Place place) {
  const Names::Named named = planning.named(name);
  if (is_object(named)) return named;
  throw Senseless{place, fmt::format("no object is called '{}'", name), planning.names.near(name)};
}

PlannedTerm term_of(const Names::Named& object) {
  if (object.kind == TargetKind::own) return {.own = object.index};
  return {.object = object.index};
}

PlannedTerm plan_comparison(const Planning& planning, const Comparison& comparison, Place place) {
  const Names::Named object = object_called(planning, comparison.object, place);
  for (const OperationRow& row : planning.kind_of(object).operations)
    if (row.name == comparison.attribute && row.form == Form::read) {
      PlannedTerm term = term_of(object);
      term.comparison = &comparison;
      term.reader = &row;
      return term;
    }
  throw Senseless{place, fmt::format("'{}' has no {}", comparison.object, comparison.attribute),
                  "an attribute is compared, such as the value of a Value"};
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
    const Names::Named object = object_called(planning, reference.name, place);
    const std::string_view found = planning.kind_of(object).name;
    if (std::ranges::find(parameter.kinds, found) != parameter.kinds.end()) return term_of(object);
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
    // Only generated programs can hold one that is not: the parser has the same limits.
    if (!is_within_limits(payload)) throw Senseless{place, "a value beyond the limits", "ask for less"};
    return {.payload = &payload};
  }
  PlannedTerm operator()(const Comparison& comparison) const {
    if (kind != ParameterKind::predicate) refuse("a predicate");
    return plan_comparison(planning, comparison, place);
  }
  PlannedTerm operator()(const Reference& reference) const {
    const bool is_sum = reference.addend != 0 || !reference.added.empty();
    if (is_sum && !takes_results(kind)) refuse("a sum");
    if (kind == ParameterKind::exception) return plan_exception(reference.name, place);
    if (kind == ParameterKind::function) return plan_function(reference.name, place);
    if (kind == ParameterKind::object) return plan_object(reference);
    const Names::Named named = planning.named(reference.name);
    if (!is_sum && kind == ParameterKind::message && is_object(named)) {
      PlannedTerm term = term_of(named);
      term.travels_as = &planning.kind_of(named);
      return term;
    }
    if (!is_sum && kind == ParameterKind::any && !parameter.kinds.empty() && is_object(named))
      return plan_object(reference);
    PlannedTerm term{.slot = slot_of(reference.name), .addend = reference.addend};
    if (!reference.added.empty()) term.added = slot_of(reference.added);
    return term;
  }
  std::size_t slot_of(const std::string& name) const {
    const auto slot = planning.slots.find(name);
    if (slot != planning.slots.end() && takes_results(kind)) return slot->second;
    if (planning.named(name).kind != TargetKind::none) refuse(fmt::format("'{}', which is no value", name));
    throw Senseless{place, fmt::format("'{}' is not bound to a result here", name),
                    "bind it first: x = tasks.get()"};
  }
  PlannedTerm operator()(const Method& method) const {
    if (kind != ParameterKind::method) refuse(fmt::format("'{}.{}'", method.object, method.name));
    const Names::Named object = object_called(planning, method.object, place);
    PlannedTerm term = term_of(object);
    term.method = &find_operation(planning.kind_of(object), method.name, Form::call, place);
    plan_arguments(planning, {}, term.method->parameters, method.name + "()", place);
    return term;
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
                                                       std::span<const Argument> arguments,
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
