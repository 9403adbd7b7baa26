// How processes and threads of a program come to be. A Scope is what the tasks of one process share, a Runner
// is one task on its way through a script, a Birth is what a child is handed.
#include <fmt/format.h>

#include <heddle/programs/interpreter.hpp>
#include <heddle/programs/performer.hpp>
#include <heddle/programs/runner.hpp>
#include <heddle/programs/scope.hpp>
#include <heddle/programs/telling.hpp>
#include <heddle/programs/variables.hpp>
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

/// Its Process and Thread objects are those of lib/.
struct LocalScope final : Scope {
  using Scope::Scope;

 private:
  std::shared_ptr<Object> make(std::size_t index, const std::string& name, mp::Location where) override;
};

void run_script(Scope& scope, std::size_t script, std::vector<Payload> arguments) {
  LocalPerformer performer(scope.plan);
  Runner(scope, performer, script, std::move(arguments)).run();
}

std::vector<Payload> arguments_of(const Script& script) {
  std::vector<Payload> arguments;
  for (const ScriptParameter& parameter : script.parameters) arguments.push_back(parameter.value);
  return arguments;
}

// Lets the objects of this process call what they are to call, here.
void set_callbacks(Scope& scope) {
  const Variables variables(scope.plan.scripts[scope.plan.main], scope.objects, {});
  for (const ObjectPlan& made : scope.plan.objects)
    for (std::size_t i = made.first; made.calls && i < made.first + made.row->count; ++i)
      if (scope.objects[i] != nullptr)
        scope.objects[i]->callback = variables.method_of(*made.calls, made.where);
}

void run_child(Birth& birth) {
  const auto scope = std::make_shared<LocalScope>(*birth.plan, birth.time);
  scope->objects = std::move(birth.objects);
  set_callbacks(*scope);
  run_script(*scope, birth.script, std::move(birth.arguments));
}

void make_objects(Scope& scope) {
  const Variables variables(scope.plan.scripts[scope.plan.main], scope.objects, {});
  for (const ObjectPlan& object : scope.plan.objects) {
    Object* made_by = object.made_by ? scope.objects[*object.made_by].get() : nullptr;
    Call call(made_by, variables.evaluate(object.arguments, object.where), object.declaration->names,
              object.where);
    for (auto& made : object.row->make(call)) scope.objects.push_back(std::move(made));
  }
  set_callbacks(scope);
}

}  // namespace

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

std::shared_ptr<Object> LocalScope::make(std::size_t index, const std::string& name, mp::Location where) {
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
    run_script(*own, index, arguments_of(*own->plan.scripts[index].script));
  };
  return std::make_shared<Held<mp::Thread>>(
      mp::Thread(std::move(target), {.name = name, .daemon = script.daemon}, where));
}

std::function<void()> body_of(std::shared_ptr<const Plan> plan, Time time) {
  return [plan = std::move(plan), time] {
    const auto scope = std::make_shared<LocalScope>(*plan, time);
    specify_histories(*plan);
    make_objects(*scope);
    run_script(*scope, plan->main, {});
  };
}

}  // namespace heddle::programs
