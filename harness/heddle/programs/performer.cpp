// The performer of lib's primitives.
#include <heddle/programs/performer.hpp>
#include <heddle/programs/telling.hpp>
#include <mp/os/os.hpp>

namespace heddle::programs {

Payload LocalPerformer::perform(const Step& step, const OperationRow& row, Object* target,
                                const Variables& variables) {
  std::vector<Evaluated> arguments;
  if (&row != step.release) arguments = variables.evaluate(step.arguments, step.where);
  Call call(target, std::move(arguments), {}, step.where);
  // Of an object whose history is kept the call is told.
  if (step.target_kind != TargetKind::object || !plan_.are_told[step.target]) return row.run(call);
  return tell(plan_.object_names[step.target], row, call);
}

std::shared_ptr<Object> LocalPerformer::make(const Step& step, Object* target, const Variables& variables) {
  const std::vector<Evaluated> arguments = variables.evaluate(step.arguments, step.where);
  Call call(target, arguments, {&step.operation->binding, 1}, step.where);
  std::shared_ptr<Object> made = step.maker->make(call).at(0);
  for (const Evaluated& argument : arguments)
    if (made != nullptr && argument.method != nullptr) made->callback = argument.method;
  return made;
}

bool LocalPerformer::holds(const PlannedTerm& comparison, const Variables& variables, mp::Location where) {
  return variables.predicate_of(comparison, where)();
}

mp::Instant LocalPerformer::now() { return mp::os().now(); }

}  // namespace heddle::programs
