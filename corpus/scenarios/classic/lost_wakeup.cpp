// A waiter looks at a flag before it takes the lock that a notifier needs: set and notified in between, the
// flag is never looked at again. 11 or 12 switch points.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/classic/classic.hpp>
#include <scenarios/classic/crew.hpp>

namespace heddle::classic {
namespace {

struct Gate {
  mp::Condition changed{{.name = "changed"}};
  mp::RawValue<bool> is_open{false, {.name = "is-open"}};
};

void pass(Gate& gate) {
  if (gate.is_open.value()) return;
  const mp::With held(gate.changed);
  gate.changed.wait();
}

void open(Gate& gate) {
  gate.is_open.value() = true;
  const mp::With held(gate.changed);
  gate.changed.notify();
}

void body() {
  Gate gate;
  Crew crew;
  crew.start("waiter", [&] { pass(gate); });
  crew.start("opener", [&] { open(gate); });
  crew.join();
}

}  // namespace

Scenario lost_wakeup() {
  return {.name = "classic/lost-wakeup",
          .summary = "a waiter looks at its flag without the lock, and waits after the only notification",
          .body = &body,
          .expected = {{.rule = "shared-memory-race"}, {.rule = "lost-wakeup"}}};
}

}  // namespace heddle::classic
