// Card 10: a notifier waits until the waiter that it chose says that it is awake, and the waiter was killed
// in its wait. The notifier stands still with the lock held.
#include <mp/multiprocessing.hpp>
#include <scenarios/zoo/acknowledged_condition.hpp>
#include <scenarios/zoo/zoo.hpp>

namespace heddle::zoo {
namespace {

void eat(AcknowledgedCondition& served, mp::Lock& kitchen, mp::RawValue<bool>& is_ready) {
  kitchen.acquire();
  while (!is_ready.value()) served.wait(kitchen);
  kitchen.release();
}

void serve(AcknowledgedCondition& served, mp::Lock& kitchen, mp::RawValue<bool>& is_ready) {
  try {
    kitchen.acquire();
  } catch (const mp::OwnerDied&) {
    // A guest that was killed has changed nothing.
  }
  is_ready.value() = true;
  served.notify();
  kitchen.release();
}

template <NotifyMistake mistake>
void body() {
  AcknowledgedCondition served(mistake);
  mp::Lock kitchen({.name = "kitchen", .robust = true});
  mp::RawValue<bool> is_ready(false, {.name = "is-ready"});
  mp::Process guest(mp::fn<&eat>, mp::args(served, kitchen, is_ready), {.name = "guest"});
  guest.start();
  serve(served, kitchen, is_ready);
  guest.join();
}

}  // namespace

Rows card_10() {
  return {
      {.name = "zoo/card-10",
       .summary = "a meal for a guest that may be killed, whose cook waits for the guest to wake up",
       .body = &body<NotifyMistake::waits_for_the_dead>,
       .expected = {{.rule = "deadlock"}},
       .granularity = Granularity::os,
       .faults = {ChoiceKind::kill}},
      {.name = "zoo/card-10-fixed",
       .summary = "a meal for a guest that may be killed, whose cook waits a second for the guest to wake up",
       .body = &body<NotifyMistake::none>,
       .granularity = Granularity::os,
       .faults = {ChoiceKind::kill}},
  };
}

}  // namespace heddle::zoo
