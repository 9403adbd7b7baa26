// The duty as a finalizer, whose context keeps the object alive.
#include <mp/shared/exit_duty.hpp>

namespace mp {

void ExitDuty::take_on(int priority, std::shared_ptr<void> object, void (*run)(void* object)) {
  context_ = new Context{std::move(object), run};
  finalizer_ = register_finalizer(
      priority,
      [](void* context) {
        const std::unique_ptr<Context> owned(static_cast<Context*>(context));
        owned->run(owned->object.get());
      },
      context_);
}

void ExitDuty::drop() {
  if (cancel_finalizer(finalizer_)) delete context_;
  finalizer_ = FinalizerId::none;
  context_ = nullptr;
}

}  // namespace mp
