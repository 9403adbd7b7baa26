// Conditions: notifications that come before, during and after a timed wait, and whom one notification wakes.
#include <honesty/programs.hpp>

namespace heddle::honesty {
namespace {

void set_and_notify(mp::Condition& changed, Counter& state) {
  const mp::With held(changed);
  state.value() = 1;
  changed.notify();
}

void notified_in_time() {
  mp::Condition changed;
  Counter state;
  auto child = start<&set_and_notify>("child", changed, state);
  const mp::With held(changed);
  record(changed.wait(Milliseconds(0.5)));
  record(static_cast<int>(state.value()));
}

void wait_a_moment(mp::Condition& changed) {
  const mp::With held(changed);
  mp::exit(changed.wait(Milliseconds(3)) ? 1 : 0);
}

void one_notification_two_waiters() {
  mp::Condition changed;
  auto first = start<&wait_a_moment>("first", changed);
  auto second = start<&wait_a_moment>("second", changed);
  mp::sleep(Milliseconds(1));
  {
    const mp::With held(changed);
    changed.notify();
  }
  record(status_of(first));
  record(status_of(second));
}

template <int id>
void sign(mp::Condition& changed, Counter& signature) {
  const mp::With held(changed);
  signature.value() = id;
  changed.notify();
}

void first_and_last_signature() {
  mp::Condition changed;
  Counter signature;
  auto first = start<&sign<1>>("first", changed, signature);
  auto second = start<&sign<2>>("second", changed, signature);
  {
    const mp::With held(changed);
    while (static_cast<int>(signature.value()) == 0) changed.wait();
    record(static_cast<int>(signature.value()));
  }
  first.join();
  second.join();
  record(static_cast<int>(signature.value()));
}

}  // namespace

HonestyProgram conditions_notified_in_time() {
  return {"conditions/notified-in-time", "a notification before, in or after a timed wait",
          &notified_in_time};
}
HonestyProgram conditions_one_notification_two_waiters() {
  return {"conditions/one-notification-two-waiters", "whom a single notify wakes, if it meets anybody",
          &one_notification_two_waiters};
}
HonestyProgram conditions_first_and_last_signature() {
  return {"conditions/first-and-last-signature", "who signs before the waiter looks, and who signs last",
          &first_and_last_signature};
}

}  // namespace heddle::honesty
