// Waiting for room in a queue whose slots went with the items of a process that has ended.
#include <chrono>
#include <memory>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_communication.hpp>
#include <utility>

namespace heddle::misuse {
namespace {

using Lines = mp::Queue<int>;

constexpr int end = -1;

void write_out(Lines& log) {
  while (log.get() != end) {
  }
}

// A short process logs one line and does not wait for it; main ends the log.
namespace short_process {

void log_once(Lines& log) {
  log.cancel_join_thread();  // the plant
  log.put(1);
}

void log_once_fixed(Lines& log) { log.put(1); }

template <auto LogOnce>
void body() {
  Lines log(1, {.name = "log"});
  mp::Process writer(mp::fn<&write_out>, mp::args(log), {.name = "writer"});
  mp::Process job(mp::fn<LogOnce>, mp::args(log), {.name = "job"});
  writer.start();
  job.start();
  job.join();
  log.put(end);
  writer.join();
}

}  // namespace short_process

// A job that takes too long is stopped with two frames on their way, which were all there was room for.
namespace stopped_job {

void render(Lines& frames, mp::Event& is_full) {
  frames.put(1);
  frames.put(2);
  is_full.set();
  mp::sleep(std::chrono::hours(1));
}

template <bool is_fixed>
void body() {
  Lines frames(2, {.name = "frames"});
  mp::Event is_full({.name = "is-full"});
  mp::Process job(mp::fn<&render>, mp::args(frames, is_full), {.name = "job"});
  job.start();
  is_full.wait();
  if (is_fixed)
    for (int i = 0; i < 2; ++i) frames.get();
  job.terminate();
  job.join();
  mp::Process player(mp::fn<&write_out>, mp::args(frames), {.name = "player"});
  player.start();
  for (const int frame : {3, 4, end}) frames.put(frame);
  player.join();
}

}  // namespace stopped_job

// The thread that says goodbye comes when its process has ended all but for it. Its line has the only slot.
namespace late_goodbye {

template <bool is_fixed>
void greet(Lines& log) {
  const auto own = std::make_shared<Lines>(std::move(log));
  mp::Thread goodbye(
      [own] {
        mp::sleep(std::chrono::seconds(1));
        own->put(2);
      },
      {.name = "goodbye"});
  goodbye.start();
  own->put(1);
  if (is_fixed) goodbye.join();
}

template <bool is_fixed>
void body() {
  Lines log(1, {.name = "log"});
  mp::Process guest(mp::fn<&greet<is_fixed>>, mp::args(log), {.name = "guest"});
  mp::Process writer(mp::fn<&write_out>, mp::args(log), {.name = "writer"});
  guest.start();
  writer.start();
  guest.join();
  log.put(end);
  writer.join();
}

}  // namespace late_goodbye

}  // namespace

std::vector<Scenario> queue_slot_leaked() {
  const std::vector<ExpectedFinding> caught{{.rule = "queue-slot-leaked"}};
  return {
      {.name = "misuse/queue-slot-leaked-1",
       .summary = "a process that does not wait for its feeder takes the only slot of a log with it",
       .body = &short_process::body<&short_process::log_once>,
       .expected = caught},
      {.name = "misuse/queue-slot-leaked-1-fixed",
       .summary = "a process logs into the only slot of a log and waits for its feeder",
       .body = &short_process::body<&short_process::log_once_fixed>},
      {.name = "misuse/queue-slot-leaked-2",
       .summary = "a job is terminated with its frames in the buffer, and main puts others",
       .body = &stopped_job::body<false>,
       .expected = caught},
      {.name = "misuse/queue-slot-leaked-2-fixed",
       .summary = "the frames of a job are got before it is terminated, and main puts others",
       .body = &stopped_job::body<true>},
      {.name = "misuse/queue-slot-leaked-3",
       .summary = "a thread of a process that has ended all but for it puts into the only slot",
       .body = &late_goodbye::body<false>,
       .expected = caught},
      {.name = "misuse/queue-slot-leaked-3-fixed",
       .summary = "a process joins its thread that puts into the only slot, and ends",
       .body = &late_goodbye::body<true>},
  };
}

}  // namespace heddle::misuse
