// See the header. A Scope is what the tasks of one process share, a Runner is one task on its way through a
// script, a Birth is what a child is handed.
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include <heddle/core/session.hpp>
#include <heddle/programs/call.hpp>
#include <heddle/programs/interpreter.hpp>
#include <heddle/programs/judgement.hpp>
#include <heddle/programs/objects/registry.hpp>
#include <heddle/programs/print.hpp>
#include <mp/process/process.hpp>
#include <mp/process/thread.hpp>

namespace heddle::programs {
namespace {

/// What a child needs: which script, and the objects that are handed over, each at its index. The plan is
/// where it was, for the child is a fork.
struct Birth {
  const Plan* plan = nullptr;
  Time time = Time::simulated;
  std::size_t script = 0;
  std::vector<Payload> arguments = {};
  Objects objects = {};
};

void run_child(Birth& birth);

}  // namespace
}  // namespace heddle::programs

namespace mp {

template <>
struct codec<heddle::programs::Birth> {
  using Birth = heddle::programs::Birth;

  static void encode(Encoder& encoder, const Birth& birth) {
    encoder.shared(birth.plan, "a program");
    encoder.boolean(birth.time == heddle::programs::Time::real);
    encoder.natural(birth.script);
    codec<std::vector<heddle::programs::Payload>>::encode(encoder, birth.arguments);
    for (const std::size_t index : birth.plan->scripts[birth.script].objects)
      birth.objects[index]->encode(encoder);
  }
  static Birth decode(Decoder& decoder) {
    Birth birth{.plan = static_cast<const heddle::programs::Plan*>(decoder.shared())};
    birth.time = decoder.boolean() ? heddle::programs::Time::real : heddle::programs::Time::simulated;
    birth.script = decoder.natural();
    birth.arguments = codec<std::vector<heddle::programs::Payload>>::decode(decoder);
    birth.objects.resize(birth.plan->kinds.size());
    for (const std::size_t index : birth.plan->scripts[birth.script].objects)
      birth.objects[index] = birth.plan->kinds[index]->decode(decoder);
    return birth;
  }
};

}  // namespace mp

namespace heddle::programs {
namespace {

using Instances = std::vector<std::shared_ptr<Object>>;

struct Scope : std::enable_shared_from_this<Scope> {
  Scope(const Plan& of, Time in) : plan(of), time(in), instances(of.scripts.size()) {}

  const Plan& plan;
  Time time;
  Objects objects = {};              // by index; null: not handed to this process
  std::vector<Instances> instances;  // of each script: this process's Process or Thread objects

  /// Makes them when they are first named. A thread's are made before it starts, so no two tasks make them.
  const Instances& instances_of(std::size_t script, mp::Location where);

 private:
  std::shared_ptr<Object> make(std::size_t script, const std::string& name, mp::Location where);
};

/// Lets the objects of this process call what they are to call, here.
void set_callbacks(Scope& scope);

class Runner {
 public:
  Runner(Scope& scope, std::size_t script, std::vector<Payload> arguments = {})
      : scope_(scope), script_(scope.plan.scripts[script]), slots_(script_.slots), own_(script_.own.size()) {
    std::ranges::move(arguments, slots_.begin());
  }

  void run() { run(script_.steps); }

  /// An object declaration's call: only literals and objects occur.
  std::vector<Evaluated> evaluate(const std::vector<std::optional<PlannedTerm>>& arguments,
                                  mp::Location where) const {
    std::vector<Evaluated> evaluated;
    for (const auto& argument : arguments)
      evaluated.push_back(argument ? evaluate(*argument, where) : Evaluated{});
    return evaluated;
  }

  /// It does not refer to the runner, only to the object.
  std::function<void()> method_of(const PlannedTerm& term, mp::Location where) const {
    return [object = object_of(term), &row = *term.method, where] {
      Call call(object.get(), std::vector<Evaluated>(row.parameters.size()), {}, where);
      row.run(call);
    };
  }

 private:
  void run(const std::vector<Step>& steps) {
    for (const Step& step : steps) {
      if (step.operation->form == Form::repeat)
        for (std::uint32_t i = 0; i < step.times; ++i) run(step.block);
      else if (step.operation->form == Form::iterate)
        iterate(step);
      else if (step.operation->form == Form::loop)
        loop(step);
      else
        run(step);
    }
  }

  /// The planner sees to it that the target is one object: copies have no results that could be bound.
  void iterate(const Step& step) {
    Object* const target = target_of(step);
    while (true) {
      Payload result = perform(step, target);
      if (matches(value_of(step.expected[0][0]), result)) return;
      slots_[*step.binding] = std::move(result);
      run(step.block);
    }
  }

  void loop(const Step& step) {
    const auto holds = predicate_of(*step.arguments[0], step.where);
    while (holds()) run(step.block);
  }

  /// As Python's with: what the block raises is raised once the object is released.
  void hold_while(const Step& step, Object* target) {
    perform(step, target);
    Call release(target, {}, {}, step.where);
    try {
      run(step.block);
    } catch (const std::exception&) {
      step.release->run(release);
      throw;
    } catch (const mp::SystemExit&) {
      step.release->run(release);
      throw;
    }
    step.release->run(release);
  }

  Object* target_of(const Step& step) const {
    if (step.target_kind == TargetKind::none) return nullptr;
    if (step.target_kind == TargetKind::object) return scope_.objects[step.target].get();
    if (step.target_kind == TargetKind::own) return own_[step.target].get();
    if (step.target_kind == TargetKind::result) return object_in(step.target);
    return scope_.instances_of(step.target, step.where).at(0).get();
  }

  Object* object_in(std::size_t slot) const {
    const Payload& bound = in(slot);
    const auto* carried = std::get_if<Carried>(&bound.kind);
    if (carried != nullptr && carried->kind == &result_kind()) return carried->object.get();
    throw TypeError(fmt::format("{} is no {}", literal(bound), result_kind().name));
  }

  void run(const Step& step) {
    if (step.target_kind == TargetKind::result) {
      run(step, nullptr);  // found when it is used, so that its TypeError may be expected
      return;
    }
    if (step.target_kind != TargetKind::script) {
      run(step, target_of(step));
      return;
    }
    for (const auto& instance : scope_.instances_of(step.target, step.where)) run(step, instance.get());
  }

  void run(const Step& step, Object* target) {
    if (step.operation->form == Form::with) {
      hold_while(step, target);
      return;
    }
    const Expectation& expectation = step.operation->expectation;
    if (expectation == Expectation{}) {
      keep(step, perform(step, target));
      return;
    }
    const Outcome outcome = attempt(step, target);
    const auto seconds_max = scope_.time == Time::simulated ? expectation.seconds_max : std::nullopt;
    if (const auto wrong = mismatch(wanted(step), expectation.seconds_min, seconds_max, outcome))
      fail(step, *wrong);
    keep(step, outcome.result);
  }

  void keep(const Step& step, const std::optional<Payload>& result) {
    if (step.binding) slots_[*step.binding] = result;
  }

  Payload perform(const Step& step, Object* target) {
    if (step.target_kind == TargetKind::result) target = target_of(step);
    if (step.target_kind != TargetKind::none && target == nullptr)
      throw AttributeError("nothing is there to do this to: what would have made it raised, or gave None");
    if (step.maker != nullptr) return make(step, target);
    if (step.row == nullptr) return value_of(*step.arguments[0]);
    Call call(target, evaluate(step.arguments, step.where), {}, step.where);
    return step.row->run(call);
  }

  /// Gives None if there is nothing to make, and words otherwise: what is made is no value.
  Payload make(const Step& step, Object* target) {
    const std::vector<Evaluated> arguments = evaluate(step.arguments, step.where);
    Call call(target, arguments, {&step.operation->binding, 1}, step.where);
    std::shared_ptr<Object> made = step.maker->make(call).at(0);
    for (const Evaluated& argument : arguments)
      if (made != nullptr && argument.method != nullptr) made->callback = argument.method;
    Payload result = made == nullptr ? none() : payload_of(fmt::format("a {}", step.maker->kind->name));
    if (step.own) own_[*step.own] = std::move(made);
    return result;
  }

  Outcome attempt(const Step& step, Object* target) {
    const Expectation& expectation = step.operation->expectation;
    const bool is_timed = expectation.seconds_min || expectation.seconds_max;
    const mp::Instant begun = is_timed ? mp::os().now() : mp::Instant{};
    Outcome outcome;
    try {
      outcome.result = perform(step, target);
    } catch (const std::exception& exception) {
      outcome = raised(exception);
    }
    if (is_timed) outcome.seconds = std::chrono::duration<double>(mp::os().now() - begun).count();
    return outcome;
  }

  std::vector<Wanted> wanted(const Step& step) const {
    std::vector<Wanted> wanted;
    for (std::size_t i = 0; i < step.expected.size(); ++i) {
      Wanted each{.kind = step.operation->expectation.alternatives[i].kind};
      for (const PlannedTerm& term : step.expected[i]) each.payloads.push_back(value_of(term));
      wanted.push_back(std::move(each));
    }
    return wanted;
  }

  void fail(const Step& step, const std::string& wrong) const {
    std::string words = fmt::format("{}: {}", print(*step.operation), wrong);
    if (step.operation->place.line > 0) words = fmt::format("line {}: {}", step.operation->place.line, words);
    Session* here = session();
    if (here == nullptr) throw std::runtime_error(words);
    here->fail(words, step.where);
  }

  Evaluated evaluate(const PlannedTerm& term, mp::Location where) const {
    if (term.comparison != nullptr) return {.predicate = predicate_of(term, where)};
    if (term.method != nullptr) return {.method = method_of(term, where)};
    if (term.names != nullptr) return {.named = named_in(term)};
    if (term.travels_as != nullptr) return {.payload = Payload{Carried{object_of(term), term.travels_as}}};
    if (term.object || term.own) return {.object = object_of(term).get()};
    return {.payload = value_of(term)};
  }

  std::shared_ptr<Object> object_of(const PlannedTerm& term) const {
    std::shared_ptr<Object> object = term.own ? own_[*term.own] : scope_.objects[*term.object];
    if (object == nullptr) throw TypeError("an argument is None, not an object");
    return object;
  }

  Payload value_of(const PlannedTerm& term) const {
    if (term.payload != nullptr) return *term.payload;
    if (term.name != nullptr) return *term.name;
    Payload value = in(*term.slot);
    if (term.added) value = sum(value, in(*term.added));
    return term.addend == 0 ? value : sum(value, payload_of(term.addend));
  }
  static Payload sum(const Payload& one, const Payload& other) {
    if (std::optional<Payload> sum = sum_of(one, other)) return *std::move(sum);
    throw TypeError("cannot add " + literal(other) + " to " + literal(one));
  }
  const Payload& in(std::size_t slot) const {
    const std::optional<Payload>& bound = slots_[slot];
    if (!bound) throw TypeError("the result is not bound: what would have bound it raised");
    return *bound;
  }

  std::vector<Named> named_in(const PlannedTerm& term) const {
    std::vector<Named> named;
    for (std::size_t i = 0; i < term.list.size(); ++i) {
      Named each{.name = term.names->names[i]};
      if (term.list[i].object || term.list[i].own)
        each.object = object_of(term.list[i]).get();
      else
        each.payload = value_of(term.list[i]);
      named.push_back(std::move(each));
    }
    return named;
  }

  std::function<bool()> predicate_of(const PlannedTerm& term, mp::Location where) const {
    return [this, &term, where] {
      Call call(object_of(term).get(), {}, {}, where);
      return holds(*term.comparison, term.reader->run(call));
    };
  }

  static bool holds(const Comparison& comparison, const Payload& got) {
    using Relation = Comparison::Relation;
    const Payload& wanted = comparison.value;
    switch (comparison.relation) {
      case Relation::equal:
        return got == wanted;
      case Relation::unequal:
        return !(got == wanted);
      case Relation::less:
        return number_of(got) < number_of(wanted);
      case Relation::at_most:
        return number_of(got) <= number_of(wanted);
      case Relation::more:
        return number_of(got) > number_of(wanted);
      case Relation::at_least:
        return number_of(got) >= number_of(wanted);
    }
    return false;
  }
  static std::int64_t number_of(const Payload& payload) {
    if (const auto* number = std::get_if<std::int64_t>(&payload.kind)) return *number;
    throw TypeError(literal(payload) + " has no order");
  }

  Scope& scope_;
  const ScriptPlan& script_;
  std::vector<std::optional<Payload>> slots_;
  Objects own_;  // made by the script; null: not yet, or there is nothing
};

std::vector<Payload> arguments_of(const Script& script) {
  std::vector<Payload> arguments;
  for (const ScriptParameter& parameter : script.parameters) arguments.push_back(parameter.value);
  return arguments;
}

const Instances& Scope::instances_of(std::size_t index, mp::Location where) {
  Instances& made = instances[index];
  const Script& script = *plan.scripts[index].script;
  if (!made.empty()) return made;
  if (script.runner == Script::Runner::thread)
    for (const std::size_t mentioned : plan.scripts[index].mentions) instances_of(mentioned, where);
  for (std::uint32_t i = 1; i <= script.copies; ++i)
    made.push_back(
        make(index, script.copies == 1 ? script.name : fmt::format("{}-{}", script.name, i), where));
  return made;
}

std::shared_ptr<Object> Scope::make(std::size_t index, const std::string& name, mp::Location where) {
  const Script& script = *plan.scripts[index].script;
  if (script.runner == Script::Runner::process) {
    const Birth birth{
        .plan = &plan, .time = time, .script = index, .arguments = arguments_of(script), .objects = objects};
    return std::make_shared<Held<mp::Process>>(
        mp::Process(mp::fn<&run_child>, mp::args(birth), {.name = name, .daemon = script.daemon}, where));
  }
  // The thread holds the scope until it ends: it may outlive main's script.
  auto target = [held = shared_from_this(), index]() mutable {
    const auto own = std::move(held);
    Runner(*own, index, arguments_of(*own->plan.scripts[index].script)).run();
  };
  return std::make_shared<Held<mp::Thread>>(
      mp::Thread(std::move(target), {.name = name, .daemon = script.daemon}, where));
}

void run_child(Birth& birth) {
  const auto scope = std::make_shared<Scope>(*birth.plan, birth.time);
  scope->objects = std::move(birth.objects);
  set_callbacks(*scope);
  Runner(*scope, birth.script, std::move(birth.arguments)).run();
}

void make_objects(Scope& scope) {
  const Runner runner(scope, scope.plan.main);
  for (const ObjectPlan& object : scope.plan.objects) {
    Object* made_by = object.made_by ? scope.objects[*object.made_by].get() : nullptr;
    Call call(made_by, runner.evaluate(object.arguments, object.where), object.declaration->names,
              object.where);
    for (auto& made : object.row->make(call)) scope.objects.push_back(std::move(made));
  }
  set_callbacks(scope);
}

void set_callbacks(Scope& scope) {
  const Runner runner(scope, scope.plan.main);
  for (const ObjectPlan& made : scope.plan.objects)
    for (std::size_t i = made.first; made.calls && i < made.first + made.row->count; ++i)
      if (scope.objects[i] != nullptr) scope.objects[i]->callback = runner.method_of(*made.calls, made.where);
}

}  // namespace

std::function<void()> body_of(std::shared_ptr<const Plan> plan, Time time) {
  return [plan = std::move(plan), time] {
    const auto scope = std::make_shared<Scope>(*plan, time);
    make_objects(*scope);
    Runner(*scope, plan->main).run();
  };
}

}  // namespace heddle::programs
