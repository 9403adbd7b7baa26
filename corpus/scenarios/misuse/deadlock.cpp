// Waits in a circle, of which none can end.
#include <array>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_locks.hpp>
#include <string>

namespace heddle::misuse {
namespace {

// Three transfers between three accounts, each of which locks its own account and then the other.
namespace three_accounts {

void transfer(mp::Lock& from, mp::Lock& to) {
  const mp::With first(from);
  const mp::With second(to);
}

/// The order of the last transfer's locks makes the circle, or breaks it.
template <bool is_fixed>
void body() {
  mp::Lock ann({.name = "ann"});
  mp::Lock bob({.name = "bob"});
  mp::Lock cat({.name = "cat"});
  mp::Process ann_to_bob(mp::fn<&transfer>, mp::args(ann, bob), {.name = "ann-to-bob"});
  mp::Process bob_to_cat(mp::fn<&transfer>, mp::args(bob, cat), {.name = "bob-to-cat"});
  mp::Process cat_to_ann(mp::fn<&transfer>, is_fixed ? mp::args(ann, cat) : mp::args(cat, ann),
                         {.name = "cat-to-ann"});
  ann_to_bob.start();
  bob_to_cat.start();
  cat_to_ann.start();
  ann_to_bob.join();
  bob_to_cat.join();
  cat_to_ann.join();
}

}  // namespace three_accounts

// A worker waits for its configuration, and main waits until the worker is ready.
namespace polite {

void work(mp::Queue<int>& config, mp::Queue<int>& ready) {
  config.get();
  ready.put(1);
}

void work_fixed(mp::Queue<int>& config, mp::Queue<int>& ready) {
  ready.put(1);
  config.get();
}

template <auto Work>
void body() {
  mp::Queue<int> config(0, {.name = "config"});
  mp::Queue<int> ready(0, {.name = "ready"});
  mp::Process worker(mp::fn<Work>, mp::args(config, ready), {.name = "worker"});
  worker.start();
  ready.get();
  config.put(42);
  worker.join();
}

}  // namespace polite

// Two jobs need two of two connections each, and take them one by one.
namespace half_each {

void copy(mp::Semaphore& connections) {
  connections.acquire();
  connections.acquire();
  connections.release();
  connections.release();
}

// A permit is for what a job needs.
void copy_fixed(mp::Semaphore& pairs) {
  pairs.acquire();
  pairs.release();
}

template <auto Copy, int permits>
void body() {
  mp::Semaphore connections(permits, {.name = "connections"});
  mp::Thread left([&] { Copy(connections); }, {.name = "left"});
  mp::Thread right([&] { Copy(connections); }, {.name = "right"});
  left.start();
  right.start();
  left.join();
  right.join();
}

}  // namespace half_each

}  // namespace

std::vector<Scenario> deadlock() {
  const std::vector<ExpectedFinding> caught{{.rule = "deadlock"}};
  return {
      {.name = "misuse/deadlock-1",
       .summary = "three transfers each lock the account they take from, then the next one's",
       .body = &three_accounts::body<false>,
       .expected = caught},
      {.name = "misuse/deadlock-1-fixed",
       .summary = "three transfers lock their accounts in the order of the alphabet",
       .body = &three_accounts::body<true>},
      {.name = "misuse/deadlock-2",
       .summary = "main waits until its worker is ready, which waits for main's configuration",
       .body = &polite::body<&polite::work>,
       .expected = caught},
      {.name = "misuse/deadlock-2-fixed",
       .summary = "a worker says that it is ready and gets its configuration",
       .body = &polite::body<&polite::work_fixed>},
      {.name = "misuse/deadlock-3",
       .summary = "two threads take the two connections that each needs one by one",
       .body = &half_each::body<&half_each::copy, 2>,
       .expected = caught},
      {.name = "misuse/deadlock-3-fixed",
       .summary = "two threads take the two connections that each needs as a pair",
       .body = &half_each::body<&half_each::copy_fixed, 1>},
  };
}

}  // namespace heddle::misuse
