// Waiting with a lock that the one who ends the wait needs. In each program it had the lock in time, as a
// clock would have it.
#include <chrono>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_locks.hpp>

namespace heddle::misuse {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// A worker logs its start and computes; main holds the log while it waits for the result.
namespace log_and_result {

void compute(mp::Lock& log, mp::Event& is_logged, mp::Queue<int>& results) {
  { const mp::With held(log); }
  is_logged.set();
  mp::sleep(seconds(1));
  results.put(42);
}

// By then the worker has surely logged its start.
void wait_a_bit(mp::Event&) { mp::sleep(milliseconds(100)); }

void wait_for_the_log(mp::Event& is_logged) { is_logged.wait(); }

template <auto Wait>
void body() {
  mp::Lock log({.name = "log"});
  mp::Event is_logged({.name = "is-logged"});
  mp::Queue<int> results(0, {.name = "results"});
  mp::Process worker(mp::fn<&compute>, mp::args(log, is_logged, results), {.name = "worker"});
  worker.start();
  Wait(is_logged);
  {
    const mp::With held(log);
    results.get();
  }
  worker.join();
}

}  // namespace log_and_result

// A list of workers is protected by a lock that a worker takes to enter itself, and main to join them all.
namespace list_of_workers {

void work(mp::RLock& list, mp::RawValue<int>& working) {
  {
    const mp::With held(list);
    working.value() = working.value() + 1;
  }
  mp::sleep(seconds(5));
}

template <bool is_fixed>
void body() {
  mp::RLock list({.name = "list"});
  mp::RawValue<int> working(0, {.name = "working"});
  mp::Thread worker([&] { work(list, working); }, {.name = "worker"});
  worker.start();
  mp::sleep(seconds(1));
  if (is_fixed) {
    worker.join();
    const mp::With held(list);
    working.value() = 0;
  } else {
    const mp::With held(list);
    worker.join();
    working.value() = 0;
  }
}

}  // namespace list_of_workers

// A painter fills a screen of one frame, and the display takes the screen's lock once before it begins.
namespace full_screen {

using Frames = mp::Queue<int>;

constexpr int frames = 3;

void show(mp::Lock& screen, Frames& queue) {
  {
    const mp::With held(screen);  // to turn it on
  }
  for (int frame = 0; frame < frames; ++frame) queue.get();
}

void paint(mp::Lock& screen, Frames& queue) {
  mp::sleep(seconds(1));
  const mp::With held(screen);
  for (int frame = 0; frame < frames; ++frame) queue.put(frame);  // waits for the display
}

void paint_fixed(mp::Lock& screen, Frames& queue) {
  mp::sleep(seconds(1));
  for (int frame = 0; frame < frames; ++frame) {
    { const mp::With held(screen); }
    queue.put(frame);
  }
}

template <auto Paint>
void body() {
  mp::Lock screen({.name = "screen"});
  Frames queue(1, {.name = "frames"});
  mp::Process display(mp::fn<&show>, mp::args(screen, queue), {.name = "display"});
  mp::Process painter(mp::fn<Paint>, mp::args(screen, queue), {.name = "painter"});
  painter.start();
  display.start();
  painter.join();
  display.join();
}

}  // namespace full_screen

}  // namespace

std::vector<Scenario> lock_held_while_blocking() {
  const std::vector<ExpectedFinding> caught{{.rule = "lock-held-while-blocking"}};
  return {
      {.name = "misuse/lock-held-while-blocking-1",
       .summary = "main holds a log while it waits for the result of a worker that logs its start",
       .body = &log_and_result::body<&log_and_result::wait_a_bit>,
       .expected = caught},
      {.name = "misuse/lock-held-while-blocking-1-fixed",
       .summary = "main holds a log while it waits for a worker that has said that it needs it no more",
       .body = &log_and_result::body<&log_and_result::wait_for_the_log>},
      {.name = "misuse/lock-held-while-blocking-2",
       .summary = "main joins a thread under the lock by which that has entered itself",
       .body = &list_of_workers::body<false>,
       .expected = caught},
      {.name = "misuse/lock-held-while-blocking-2-fixed",
       .summary = "main joins a thread and takes the lock then by which that has entered itself",
       .body = &list_of_workers::body<true>},
      {.name = "misuse/lock-held-while-blocking-3",
       .summary = "a painter puts into a full queue under a lock that its display needs to begin",
       .body = &full_screen::body<&full_screen::paint>,
       .expected = caught},
      {.name = "misuse/lock-held-while-blocking-3-fixed",
       .summary = "a painter releases the lock of the screen before it puts into a full queue",
       .body = &full_screen::body<&full_screen::paint_fixed>},
  };
}

}  // namespace heddle::misuse
