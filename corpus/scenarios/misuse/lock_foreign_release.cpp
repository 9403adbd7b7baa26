// Releasing a Lock that another task has acquired.
#include <chrono>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_locks.hpp>

namespace heddle::misuse {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// main locks a table that is not to be read yet, and the loader unlocks it when it is full.
namespace used_as_a_signal {

void load(mp::Lock& gate) {
  mp::sleep(seconds(1));
  gate.release();  // the plant
}

void load_fixed(mp::Event& gate) {
  mp::sleep(seconds(1));
  gate.set();
}

void body() {
  mp::Lock gate({.name = "gate"});
  gate.acquire();
  mp::Process loader(mp::fn<&load>, mp::args(gate), {.name = "loader"});
  loader.start();
  { const mp::With held(gate); }
  loader.join();
}

void body_fixed() {
  mp::Event gate({.name = "gate"});
  mp::Process loader(mp::fn<&load_fixed>, mp::args(gate), {.name = "loader"});
  loader.start();
  gate.wait();
  loader.join();
}

}  // namespace used_as_a_signal

// Who does not get a lock in time thinks that its holder is gone.
namespace impatient {

void write(mp::Lock& log, mp::Event& is_saved) {
  log.acquire();
  mp::sleep(seconds(1));
  is_saved.set();
  mp::sleep(seconds(60));
}

void watch(mp::Lock& log) {
  if (!log.acquire(true, milliseconds(100))) {
    log.release();  // the plant, unless the holder is gone indeed
    log.acquire();
  }
  log.release();
}

/// The writer never comes to its own release: it is killed when its work is saved.
template <bool is_fixed>
void body() {
  mp::Lock log({.name = "log"});
  mp::Event is_saved({.name = "is-saved"});
  mp::Process writer(mp::fn<&write>, mp::args(log, is_saved), {.name = "writer"});
  mp::Process watchdog(mp::fn<&watch>, mp::args(log), {.name = "watchdog"});
  writer.start();
  if (is_fixed) {
    is_saved.wait();
    writer.kill();
    writer.join();
  }
  watchdog.start();
  watchdog.join();
  is_saved.wait();
  writer.kill();
  writer.join();
}

}  // namespace impatient

// A request is begun by the thread that takes it, and ended by the one that has its answer.
namespace begun_and_ended {

template <bool is_fixed>
void body() {
  mp::Lock connection({.name = "connection"});
  mp::Queue<int> requests(0, {.name = "requests"});
  mp::Thread sender(
      [&] {
        if (!is_fixed) connection.acquire();
        requests.put(1);
      },
      {.name = "sender"});
  mp::Thread receiver(
      [&] {
        requests.get();
        if (is_fixed) connection.acquire();
        connection.release();
      },
      {.name = "receiver"});
  sender.start();
  receiver.start();
  sender.join();
  receiver.join();
}

}  // namespace begun_and_ended

}  // namespace

std::vector<Scenario> lock_foreign_release() {
  const std::vector<ExpectedFinding> caught{{.rule = "lock-foreign-release"}};
  return {
      {.name = "misuse/lock-foreign-release-1",
       .summary = "main acquires a lock that a loader releases when it is done",
       .body = &used_as_a_signal::body,
       .expected = caught},
      {.name = "misuse/lock-foreign-release-1-fixed",
       .summary = "main waits for an event that a loader sets when it is done",
       .body = &used_as_a_signal::body_fixed},
      {.name = "misuse/lock-foreign-release-2",
       .summary = "a watchdog releases a lock that it did not get in time",
       .body = &impatient::body<false>,
       .expected = caught},
      {.name = "misuse/lock-foreign-release-2-fixed",
       .summary = "a watchdog releases a lock whose holder was killed",
       .body = &impatient::body<true>},
      {.name = "misuse/lock-foreign-release-3",
       .summary = "a thread acquires a lock for a request, and another releases it with the answer",
       .body = &begun_and_ended::body<false>,
       .expected = caught},
      {.name = "misuse/lock-foreign-release-3-fixed",
       .summary = "the thread that has the answer acquires the lock and releases it",
       .body = &begun_and_ended::body<true>},
  };
}

}  // namespace heddle::misuse
