// The operations of a script: which row each is, whom it is done to, and what its result is called.
#include <fmt/format.h>

#include <algorithm>

#include <heddle/core/near.hpp>
#include <heddle/programs/exceptions.hpp>
#include <heddle/programs/limits.hpp>
#include <heddle/programs/objects/registry.hpp>
#include <heddle/programs/planner.hpp>

namespace heddle::programs {
namespace {

constexpr Parameter any{"value"};
constexpr Parameter predicate{"predicate", ParameterKind::predicate};
constexpr Parameter exception{"exception", ParameterKind::exception};

class ScriptPlanner {
 public:
  ScriptPlanner(Planning& planning, ScriptPlan& script) : planning_(planning), script_(script) {}

  void run() {
    planning_.slots.clear();
    planning_.own.clear();
    planning_.script = &script_;
    name_parameters();
    script_.steps = block(script_.script->operations, 1);
    script_.slots = planning_.slots.size();
  }

 private:
  void name_parameters() {
    for (const ScriptParameter& parameter : script_.script->parameters) {
      demand_free(parameter.name, parameter.place);
      if (!planning_.slots.try_emplace(parameter.name, planning_.slots.size()).second)
        throw Senseless{parameter.place, fmt::format("two parameters are called '{}'", parameter.name),
                        "give one of them another name"};
    }
  }

  std::vector<Step> block(const std::vector<Operation>& operations, std::uint64_t times) {
    std::vector<Step> steps;
    for (const Operation& operation : operations) steps.push_back(step(operation, times));
    return steps;
  }

  Step step(const Operation& operation, std::uint64_t times) {
    Step step{.operation = &operation, .where = planning_.location(operation.place, operation.uid)};
    if (operation.form == Form::repeat) {
      plan_repeat(step, times);
      return step;
    }
    if (operation.form == Form::loop) {
      plan_loop(step, times);
      return step;
    }
    if (operation.form == Form::iterate || operation.form == Form::with) {
      plan_iterate_or_with(step, times);
      return step;
    }
    if (operation.form == Form::value) {
      demand_arguments(operation, 1);
      step.arguments = {term(operation.arguments[0].term, operation.arguments[0].place)};
    } else {
      plan_call(step);
    }
    for (const Matcher& matcher : operation.expectation.alternatives)
      step.expected.push_back(step.maker == nullptr ? expected(matcher) : expected_of_making(matcher));
    if (!operation.binding.empty() && step.maker != nullptr)
      step.own = bind_own(operation, *step.maker);
    else if (!operation.binding.empty())
      step.binding = bind(operation);
    return step;
  }

  static void demand_arguments(const Operation& operation, std::size_t count) {
    if (operation.arguments.size() != count)
      throw Senseless{operation.place, fmt::format("an operation of this form takes {} arguments", count),
                      "docs/reference/program-text.md has the grammar"};
  }

  void plan_repeat(Step& step, std::uint64_t times) {
    const Operation& operation = *step.operation;
    demand_arguments(operation, 1);
    const auto* literal = std::get_if<Payload>(&operation.arguments[0].term);
    const auto* count = literal == nullptr ? nullptr : std::get_if<std::int64_t>(&literal->kind);
    if (count == nullptr || *count < 0 ||
        static_cast<std::uint64_t>(*count) > limits::repeats_max / std::max(times, std::uint64_t{1}))
      throw Senseless{operation.place, "a repeat that is no number, or too much",
                      fmt::format("all repeats around an operation make {} at most", limits::repeats_max)};
    step.times = static_cast<std::uint32_t>(*count);
    step.block = block(operation.block, times * step.times);
  }

  void plan_loop(Step& step, std::uint64_t times) {
    const Operation& operation = *step.operation;
    demand_arguments(operation, 1);
    const Argument& argument = operation.arguments[0];
    step.arguments = {plan_term(planning_, argument.term, predicate, argument.place)};
    note_objects(*step.arguments[0], script_.objects);
    step.block = block(operation.block, times);
  }

  /// `iter(x.get, None)` calls x.get() without arguments; a with acquires and releases.
  void plan_iterate_or_with(Step& step, std::uint64_t times) {
    const Operation& operation = *step.operation;
    const KindRow& kind = kind_of_target(step);
    if (operation.form == Form::with) {
      step.row = &find_operation(kind, "acquire", Form::call, operation.place);
      step.release = &find_operation(kind, "release", Form::call, operation.place);
    } else {
      demand_arguments(operation, 1);
      step.row = &find_operation(kind, operation.name, Form::call, operation.place);
      step.expected.push_back({term(operation.arguments[0].term, operation.arguments[0].place)});
      step.binding = bind(operation);
    }
    step.arguments = plan_arguments(planning_, {}, step.row->parameters, step.row->name, operation.place);
    step.block = block(operation.block, times);
  }

  void plan_call(Step& step) {
    const Operation& operation = *step.operation;
    std::span<const Argument> arguments = operation.arguments;
    const KindRow* kind = operation.target.empty() ? kind_of_argument(step) : nullptr;
    const bool is_function = kind != nullptr;
    if (is_function)
      arguments = arguments.subspan(1);
    else
      kind = &kind_of_target(step);
    if (operation.form == Form::call && !is_function) step.maker = find_maker(operation.name, kind->name);
    if (step.maker == nullptr)
      step.row = &find_operation(*kind, operation.name, operation.form, operation.place, is_function);
    if (step.maker != nullptr && step.maker->count != 1)
      throw Senseless{operation.place,
                      fmt::format("{} makes {} at once", step.maker->name, step.maker->count),
                      "declare it: object a, b = Pipe()"};
    const std::string callee = is_item(operation.form) ? operation.target + "[]" : operation.name + "()";
    step.arguments = plan_arguments(planning_, arguments,
                                    step.maker == nullptr ? step.row->parameters : step.maker->parameters,
                                    callee, operation.place);
    for (const auto& argument : step.arguments)
      if (argument) note_objects(*argument, script_.objects);
  }

  /// `len(x)` is an operation of x, unless there is a function of that name. Null: it is none of x.
  const KindRow* kind_of_argument(Step& step) {
    const Operation& operation = *step.operation;
    const bool is_known = std::ranges::any_of(
        functions().operations, [&](const OperationRow& row) { return row.name == operation.name; });
    if (is_known || operation.arguments.empty() || find_maker(operation.name, "") != nullptr) return nullptr;
    const auto* first = std::get_if<Reference>(&operation.arguments[0].term);
    if (first == nullptr || *first != Reference{.name = first->name}) return nullptr;
    const Names::Named named = planning_.named(first->name);
    if (named.kind != TargetKind::object && named.kind != TargetKind::own) return nullptr;
    aim(step, named);
    return &planning_.kind_of(named);
  }

  void aim(Step& step, const Names::Named& named) {
    step.target_kind = named.kind;
    step.target = named.index;
    if (named.kind == TargetKind::object) note(script_.objects, named.index);
    if (named.kind == TargetKind::script) note(script_.mentions, named.index);
  }

  const KindRow& kind_of_target(Step& step) {
    const Operation& operation = *step.operation;
    if (operation.target.empty()) return functions();
    const Names::Named named = planning_.named(operation.target);
    if (const auto slot = planning_.slots.find(operation.target); slot != planning_.slots.end()) {
      step.target_kind = TargetKind::result;
      step.target = slot->second;
      return result_kind();
    }
    if (named.kind == TargetKind::none)
      throw Senseless{operation.place, fmt::format("nothing is called '{}'", operation.target),
                      planning_.names.near(operation.target)};
    aim(step, named);
    if (named.kind != TargetKind::script) return planning_.kind_of(named);
    return kind_of_script(operation, *planning_.plan.scripts[named.index].script);
  }

  static const KindRow& kind_of_script(const Operation& operation, const Script& script) {
    if (script.name == "main")
      throw Senseless{operation.place, "main is named in a script", "nobody can start it or wait for it"};
    if (script.copies > 1 && !operation.binding.empty())
      throw Senseless{operation.place,
                      fmt::format("the results of {} copies are bound to one name", script.copies),
                      "expect something of them instead: worker.exitcode == 0"};
    return script.runner == Script::Runner::process ? process_kind() : thread_kind();
  }

  PlannedTerm term(const Term& term, Place place) const { return plan_term(planning_, term, any, place); }

  std::vector<PlannedTerm> expected(const Matcher& matcher) const {
    std::vector<PlannedTerm> terms;
    if (matcher.kind == Matcher::Kind::raises) {
      terms.push_back(plan_term(planning_, Reference{matcher.exception}, exception, matcher.place));
      demand_carrying(matcher);
    }
    const bool has_one = matcher.kind == Matcher::Kind::permutes || matcher.kind == Matcher::Kind::begins;
    if (has_one && matcher.terms.size() != 1)
      throw Senseless{matcher.place, "permutes and begins compare with one value", "permutes [1, 2]"};
    if (matcher.kind == Matcher::Kind::equals && matcher.terms.size() != 1)
      throw Senseless{matcher.place, "== compares with one value", "in {1, 2} compares with several"};
    for (const Term& each : matcher.terms) terms.push_back(term(each, matcher.place));
    return terms;
  }

  static void demand_carrying(const Matcher& matcher) {
    const bool carries = find_exception(matcher.exception)->carried != nullptr;
    if (matcher.terms.size() > (carries ? 1U : 0U))
      throw Senseless{matcher.place,
                      fmt::format("{} carries {} value", matcher.exception, carries ? "one" : "no"),
                      fmt::format("write raises {}", matcher.exception)};
  }

  /// What is made is no value that could be compared with another.
  std::vector<PlannedTerm> expected_of_making(const Matcher& matcher) const {
    const bool is_none = matcher.kind == Matcher::Kind::equals && matcher.terms == std::vector{Term{none()}};
    if (is_none || matcher.kind == Matcher::Kind::ok || matcher.kind == Matcher::Kind::raises)
      return expected(matcher);
    throw Senseless{matcher.place, "an object is compared with a value", "expect ok, == None or raises NAME"};
  }

  void demand_free(const std::string& name, Place place) const {
    if (planning_.named(name).kind != TargetKind::none)
      throw Senseless{place, fmt::format("'{}' is an object or a script already", name),
                      "give the result another name"};
  }

  std::size_t bind_own(const Operation& operation, const MakerRow& maker) {
    const std::string& name = operation.binding;
    const auto known = planning_.own.find(name);
    if (known != planning_.own.end() && script_.own[known->second] == maker.kind) return known->second;
    demand_free(name, operation.place);
    if (planning_.slots.contains(name))
      throw Senseless{operation.place, fmt::format("'{}' is a result already", name),
                      "give the object another name"};
    script_.own.push_back(maker.kind);
    return planning_.own.try_emplace(name, script_.own.size() - 1).first->second;
  }

  std::size_t bind(const Operation& operation) {
    demand_free(operation.binding, operation.place);
    return planning_.slots.try_emplace(operation.binding, planning_.slots.size()).first->second;
  }

  Planning& planning_;
  ScriptPlan& script_;
};

}  // namespace

namespace {

std::string how_to_write(const OperationRow& row) {
  if (row.is_function) return fmt::format("write {}(x), x being the object", row.name);
  if (is_item(row.form)) return fmt::format("write {}[...]", row.name);
  return row.form == Form::call ? fmt::format("write {}(...)", row.name) : "write it without parentheses";
}

/// Of its operations, and of what it makes.
std::vector<std::string_view> names_in(const KindRow& kind) {
  std::vector<std::string_view> names = names_of(kind.operations);
  for (const MakerRow* maker : makers())
    if (maker->made_by == kind.name) names.push_back(maker->name);
  return names;
}

}  // namespace

const OperationRow& find_operation(const KindRow& kind, std::string_view name, Form form, Place place,
                                   bool is_function) {
  const OperationRow* other_form = nullptr;
  for (const OperationRow& row : kind.operations) {
    if (row.name != name) continue;
    if (row.form == form && row.is_function == is_function) return row;
    other_form = &row;
  }
  const std::string owner = kind.name.empty() ? "no function" : fmt::format("no operation of {}", kind.name);
  if (other_form != nullptr && !name.empty())
    throw Senseless{place, fmt::format("'{}' is not written like this", name), how_to_write(*other_form)};
  throw Senseless{place, fmt::format("{} is called '{}'", owner, name),
                  near_hint(name, names_in(kind), "docs/reference/program-text.md lists the operations")};
}

void note(std::vector<std::size_t>& list, std::size_t index) {
  if (std::ranges::find(list, index) == list.end()) list.push_back(index);
}

void note_objects(const PlannedTerm& term, std::vector<std::size_t>& objects) {
  if (term.object) note(objects, *term.object);
  for (const PlannedTerm& each : term.list) note_objects(each, objects);
}

void plan_script(Planning& planning, ScriptPlan& script) { ScriptPlanner(planning, script).run(); }

}  // namespace heddle::programs
