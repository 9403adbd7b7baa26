// Releasing a Lock that nobody holds: a release for an acquire that failed, or for one that was released
// before.
#include <chrono>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_locks.hpp>

namespace heddle::misuse {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// The acquire has a timeout, and the release does not ask what came of it.
namespace timed_out {

void refresh(mp::Lock& cache) {
  const mp::With held(cache);
  mp::sleep(seconds(1));
}

void look_up(mp::Lock& cache) {
  cache.acquire(true, milliseconds(100));
  mp::sleep(seconds(5));  // without the cache it takes its time
  cache.release();        // the plant
}

void look_up_fixed(mp::Lock& cache) {
  const bool is_cached = cache.acquire(true, milliseconds(100));
  mp::sleep(seconds(5));
  if (is_cached) cache.release();
}

template <auto LookUp>
void body() {
  mp::Lock cache({.name = "cache"});
  mp::Process refresher(mp::fn<&refresh>, mp::args(cache), {.name = "refresher"});
  mp::Process reader(mp::fn<LookUp>, mp::args(cache), {.name = "reader"});
  refresher.start();
  reader.start();
  refresher.join();
  reader.join();
}

}  // namespace timed_out

// A task that means to be quick gives the lock back early, and the scope gives it back again.
namespace early_release {

void visit(mp::Lock& lock, mp::RawValue<int>& visits) {
  const mp::With held(lock);
  visits.value() = visits.value() + 1;
  if (visits.value() == 2) lock.release();  // the plant: the slow part needs no lock
}

void visit_fixed(mp::Lock& lock, mp::RawValue<int>& visits) {
  lock.acquire();
  visits.value() = visits.value() + 1;
  lock.release();
}

template <auto Visit>
void body() {
  mp::Lock lock({.name = "lock"});
  mp::RawValue<int> visits(0, {.name = "visits"});
  mp::Process first(mp::fn<Visit>, mp::args(lock, visits), {.name = "first"});
  mp::Process second(mp::fn<Visit>, mp::args(lock, visits), {.name = "second"});
  first.start();
  second.start();
  first.join();
  second.join();
}

}  // namespace early_release

// Both the step that failed and the one who cleans up behind it release the lock of a Condition.
namespace cleaned_up_twice {

bool reload(mp::Condition& config, bool is_valid) {
  config.acquire();
  if (!is_valid) {
    config.release();
    return false;
  }
  config.notify_all();
  return true;
}

void update(mp::Condition& config, bool is_valid) {
  reload(config, is_valid);
  config.release();  // the plant: it was released if the reload failed
}

void update_fixed(mp::Condition& config, bool is_valid) {
  if (reload(config, is_valid)) config.release();
}

template <auto Update>
void body() {
  mp::Lock lock({.name = "lock"});
  mp::Condition config(lock, {.name = "config"});
  mp::Thread good([&] { Update(config, true); }, {.name = "good"});
  mp::Thread bad([&] { Update(config, false); }, {.name = "bad"});
  good.start();
  good.join();
  bad.start();
  bad.join();
}

}  // namespace cleaned_up_twice

}  // namespace

std::vector<Scenario> lock_over_release() {
  const std::vector<ExpectedFinding> caught{{.rule = "lock-over-release"}};
  return {
      {.name = "misuse/lock-over-release-1",
       .summary = "a reader whose acquire timed out releases the lock all the same",
       .body = &timed_out::body<&timed_out::look_up>,
       .expected = caught},
      {.name = "misuse/lock-over-release-1-fixed",
       .summary = "a reader releases the lock if its timed acquire had it",
       .body = &timed_out::body<&timed_out::look_up_fixed>},
      {.name = "misuse/lock-over-release-2",
       .summary = "a lock is released by hand inside the scope that releases it",
       .body = &early_release::body<&early_release::visit>,
       .expected = caught},
      {.name = "misuse/lock-over-release-2-fixed",
       .summary = "a lock is acquired and released by hand, once each",
       .body = &early_release::body<&early_release::visit_fixed>},
      {.name = "misuse/lock-over-release-3",
       .summary = "a failed step releases the lock of a Condition and its caller does it again",
       .body = &cleaned_up_twice::body<&cleaned_up_twice::update>,
       .expected = caught},
      {.name = "misuse/lock-over-release-3-fixed",
       .summary = "the caller releases the lock of a Condition unless the step has failed",
       .body = &cleaned_up_twice::body<&cleaned_up_twice::update_fixed>},
  };
}

}  // namespace heddle::misuse
