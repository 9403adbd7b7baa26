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
    script_.steps = block(script_.script->operations, 1);
    script_.slots = planning_.slots.size();
  }

 private:
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
      step.expected.push_back(expected(matcher));
    if (!operation.binding.empty()) step.binding = bind(operation);
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
    const KindRow& kind = kind_of_target(step);
    step.row = &find_operation(kind, operation.name, operation.form, operation.place);
    const std::string callee = operation.name.empty() ? operation.target + "[]" : operation.name + "()";
    step.arguments =
        plan_arguments(planning_, operation.arguments, step.row->parameters, callee, operation.place);
    for (const auto& argument : step.arguments)
      if (argument) note_objects(*argument, script_.objects);
  }

  const KindRow& kind_of_target(Step& step) {
    const Operation& operation = *step.operation;
    if (operation.target.empty()) return functions();
    const Names::Named* named = planning_.names.find(operation.target);
    if (const auto slot = planning_.slots.find(operation.target); slot != planning_.slots.end()) {
      step.target_kind = TargetKind::result;
      step.target = slot->second;
      return result_kind();
    }
    if (named == nullptr)
      throw Senseless{operation.place, fmt::format("nothing is called '{}'", operation.target),
                      planning_.names.near(operation.target)};
    step.target_kind = named->kind;
    step.target = named->index;
    if (named->kind == TargetKind::object) {
      note(script_.objects, named->index);
      return *planning_.plan.kinds[named->index];
    }
    note(script_.mentions, named->index);
    return kind_of_script(operation, *planning_.plan.scripts[named->index].script);
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

  std::size_t bind(const Operation& operation) {
    if (planning_.names.find(operation.binding) != nullptr)
      throw Senseless{operation.place,
                      fmt::format("'{}' is an object or a script already", operation.binding),
                      "give the result another name"};
    return planning_.slots.try_emplace(operation.binding, planning_.slots.size()).first->second;
  }

  Planning& planning_;
  ScriptPlan& script_;
};

}  // namespace

const OperationRow& find_operation(const KindRow& kind, std::string_view name, Form form, Place place) {
  const OperationRow* other_form = nullptr;
  for (const OperationRow& row : kind.operations) {
    if (row.name != name) continue;
    if (row.form == form) return row;
    other_form = &row;
  }
  const std::string owner = kind.name.empty() ? "no function" : fmt::format("no operation of {}", kind.name);
  if (other_form != nullptr && !name.empty())
    throw Senseless{
        place, fmt::format("'{}' is not written like this", name),
        other_form->form == Form::call ? fmt::format("write {}(...)", name) : "write it without parentheses"};
  throw Senseless{
      place, fmt::format("{} is called '{}'", owner, name),
      near_hint(name, names_of(kind.operations), "docs/reference/program-text.md lists the operations")};
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
