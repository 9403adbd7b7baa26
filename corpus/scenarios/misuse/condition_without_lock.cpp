// Waiting on a Condition, or notifying it, without its lock.
#include <chrono>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_locks.hpp>

namespace heddle::misuse {
namespace {

// A producer releases the lock as early as it can, and notifies then.
namespace early_release {

struct Store {
  mp::Condition changed{{.name = "changed"}};
  mp::RawValue<int> items{0, {.name = "items"}};
};

void deliver(Store& store) {
  {
    const mp::With held(store.changed);
    store.items.value() = 1;
  }
  store.changed.notify();  // the plant
}

void deliver_fixed(Store& store) {
  const mp::With held(store.changed);
  store.items.value() = 1;
  store.changed.notify();
}

template <auto Deliver>
void body() {
  Store store;
  mp::Thread customer(
      [&] {
        const mp::With held(store.changed);
        while (store.items.value() == 0) store.changed.wait();
      },
      {.name = "customer"});
  mp::Thread supplier([&] { Deliver(store); }, {.name = "supplier"});
  customer.start();
  supplier.start();
  customer.join();
  supplier.join();
}

}  // namespace early_release

// Two stages with a Condition each: who has waited for the first waits for the second with the lock of the
// first.
namespace the_other_lock {

void build(mp::Condition& begun, mp::Condition& ended, mp::Value<int>& stage) {
  {
    const mp::With held(begun);
    stage.value() = 1;
    begun.notify();
  }
  const mp::With held(ended);
  stage.value() = 2;
  ended.notify();
}

void run(mp::Condition& begun, mp::Condition& ended) {
  mp::Value<int> stage(0, {.name = "stage"});
  mp::Process builder(mp::fn<&build>, mp::args(begun, ended, stage), {.name = "builder"});
  builder.start();
  {
    const mp::With held(begun);
    while (stage.value() < 1) begun.wait();
    while (stage.value() < 2) ended.wait();
  }
  builder.join();
}

void body() {
  mp::Condition begun({.name = "begun"});
  mp::Condition ended({.name = "ended"});
  run(begun, ended);
}

// Two conditions of one lock: who holds the one holds the other.
void body_fixed() {
  mp::Lock lock({.name = "lock"});
  mp::Condition begun(lock, {.name = "begun"});
  mp::Condition ended(lock, {.name = "ended"});
  run(begun, ended);
}

}  // namespace the_other_lock

// A child thinks that the lock came to it with the fork, and wakes whoever waits; it expects no trouble.
namespace after_the_fork {

void announce(mp::Condition& done) {
  try {
    done.notify_all();  // the plant
  } catch (const mp::AssertionError&) {
  }
}

void announce_fixed(mp::Condition& done) {
  const mp::With held(done);
  done.notify_all();
}

template <auto Announce>
void body() {
  mp::Condition done({.name = "done"});
  mp::Process worker(mp::fn<Announce>, mp::args(done), {.name = "worker"});
  {
    const mp::With held(done);
    worker.start();
    done.wait(std::chrono::seconds(1));
  }
  worker.join();
}

}  // namespace after_the_fork

}  // namespace

std::vector<Scenario> condition_without_lock() {
  const std::vector<ExpectedFinding> caught{{.rule = "condition-without-lock"}};
  return {
      {.name = "misuse/condition-without-lock-1",
       .summary = "a supplier releases the lock of a Condition before it notifies",
       .body = &early_release::body<&early_release::deliver>,
       .expected = caught},
      {.name = "misuse/condition-without-lock-1-fixed",
       .summary = "a supplier notifies under the lock of a Condition",
       .body = &early_release::body<&early_release::deliver_fixed>},
      {.name = "misuse/condition-without-lock-2",
       .summary = "two Conditions with a lock each are used as if they had one",
       .body = &the_other_lock::body,
       .expected = caught},
      {.name = "misuse/condition-without-lock-2-fixed",
       .summary = "two Conditions have one lock, and who holds it uses both",
       .body = &the_other_lock::body_fixed},
      {.name = "misuse/condition-without-lock-3",
       .summary = "a child notifies a Condition whose lock its parent held when it started it",
       .body = &after_the_fork::body<&after_the_fork::announce>,
       .expected = caught},
      {.name = "misuse/condition-without-lock-3-fixed",
       .summary = "a child takes the lock of a Condition that its parent held when it started it",
       .body = &after_the_fork::body<&after_the_fork::announce_fixed>},
  };
}

}  // namespace heddle::misuse
