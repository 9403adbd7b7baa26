// Barrier. Its action is an operation of another object, which mp::Barrier knows nothing of: what it calls is
// a function without arguments. So wait leaves the action with the task for as long as it lasts, and that
// function takes it from there. A handle in another process has that process's action (Object::callback).
#include <heddle/programs/objects/waiting.hpp>
#include <mp/process/state.hpp>
#include <mp/sync/barrier.hpp>

namespace heddle::programs {
namespace {

using Action = std::function<void()>;

mp::Barrier& barrier(Call& call) { return call.handle<mp::Barrier>(); }

/// The calling task's action until the scope ends. An action may wait at a barrier itself.
class ActionScope {
 public:
  explicit ActionScope(const Action& action) : place_(mp::task_state(mp::os()).callback), outer_(place_) {
    place_ = &action;
  }
  ~ActionScope() { place_ = outer_; }
  ActionScope(const ActionScope&) = delete;
  ActionScope& operator=(const ActionScope&) = delete;

 private:
  const void*& place_;
  const void* outer_;
};

void act() { (*static_cast<const Action*>(mp::task_state(mp::os()).callback))(); }

Payload wait(Call& call) {
  const ActionScope scope(call.callback());
  return payload_of(barrier(call).wait(call.timeout(0), call.where));
}
Payload parties(Call& call) { return payload_of(barrier(call).parties()); }

Objects make(Call& call) {
  const mp::BarrierOptions options{.name = call.name(), .timeout = call.timeout(2)};
  const int parties = call.small_integer(0, 0);
  if (call.has_method(1)) return {hold(mp::Barrier(parties, mp::fn<&act>, options, call.where))};
  return {hold(mp::Barrier(parties, options, call.where))};
}

constexpr Parameter parameters[] = {{"parties", ParameterKind::integer},
                                    {"action", ParameterKind::method, true},
                                    {"timeout", ParameterKind::seconds, true}};

constexpr auto rows = waiting::barrier_rows<mp::Barrier>(&wait, &parties);

}  // namespace

const KindRow barrier_kind{"Barrier", rows, &decode_handle<mp::Barrier>};
const MakerRow barrier_maker{"Barrier", "", parameters, &barrier_kind, 1, &make};

}  // namespace heddle::programs
