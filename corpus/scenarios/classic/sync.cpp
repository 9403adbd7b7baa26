// A producer waits until nothing is left and a consumer takes one of two, so that the producer waits for
// ever: a deadlock in every interleaving. A scheduler that needs more than one execution for it has not
// looked. The reference counts 12 switch points (sync01) where this has 14, since a notification is given
// under the lock, and 29 for a loop of its own (sync02).
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/classic/classic.hpp>
#include <scenarios/classic/crew.hpp>

namespace heddle::classic {
namespace {

struct Store {
  mp::Lock lock{{.name = "lock"}};
  mp::Condition is_empty{lock, {.name = "is-empty"}};
  mp::Condition is_filled{lock, {.name = "is-filled"}};
  mp::RawValue<int> count{0, {.name = "count"}};
};

void put(Store& store) {
  const mp::With held(store.lock);
  while (store.count.value() > 0) store.is_empty.wait();
  store.count.value() += 1;
  store.is_filled.notify();
}

void take(Store& store) {
  const mp::With held(store.lock);
  while (store.count.value() == 0) store.is_filled.wait();
  store.count.value() -= 1;
  store.is_empty.notify();
}

/// One more is there at first than is taken.
template <int rounds>
void body() {
  Store store;
  store.count.value() = rounds + 1;
  Crew crew;
  crew.start("producer", [&] {
    for (int i = 0; i < rounds; ++i) put(store);
  });
  crew.start("consumer", [&] {
    for (int i = 0; i < rounds; ++i) take(store);
  });
  crew.join();
}

}  // namespace

Scenario sync() {
  return {.name = "classic/sync",
          .summary = "a producer waits until two are taken, a consumer takes one",
          .body = &body<1>,
          .expected = {{.rule = "deadlock"}}};
}
Scenario sync_2() {
  return {.name = "classic/sync-2",
          .summary = "a producer waits until three are taken, a consumer takes two",
          .body = &body<2>,
          .expected = {{.rule = "deadlock"}}};
}

}  // namespace heddle::classic
