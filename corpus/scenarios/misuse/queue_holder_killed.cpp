// Stopping a process in the middle of a message of a queue that others still use.
#include <chrono>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_communication.hpp>
#include <string>

namespace heddle::misuse {
namespace {

using std::chrono::seconds;

constexpr std::size_t picture_bytes = 100'000;  // more than a pipe takes

// main gives a worker a second to end. Its feeder waits for somebody who gets.
namespace out_of_patience {

using Pictures = mp::Queue<std::string>;

void draw(Pictures& pictures) { pictures.put(std::string(picture_bytes, 'x')); }

template <bool is_fixed>
void body() {
  Pictures pictures(0, {.name = "pictures"});
  mp::Process painter(mp::fn<&draw>, mp::args(pictures), {.name = "painter"});
  painter.start();
  if (is_fixed) pictures.get();
  painter.join(seconds(1));
  if (painter.is_alive()) painter.terminate();
  painter.join();
  if (is_fixed) return;
  try {
    pictures.get();
  } catch (const mp::OwnerDied&) {
  }
}

}  // namespace out_of_patience

// A SimpleQueue has no feeder: the process itself stands in put() when it is killed by a rival's victory.
namespace race_is_decided {

using Answers = mp::SimpleQueue<std::string>;

void search(Answers& answers) { answers.put(std::string(picture_bytes, 'x')); }

template <bool is_fixed>
void body() {
  Answers answers({.name = "answers"});
  mp::Process left(mp::fn<&search>, mp::args(answers), {.name = "left"});
  mp::Process right(mp::fn<&search>, mp::args(answers), {.name = "right"});
  left.start();
  right.start();
  answers.get();
  if (is_fixed) {
    answers.get();  // the other one's, too late
  } else {
    left.kill();  // the plant: one of them is at its answer
    right.kill();
  }
  left.join();
  right.join();
}

}  // namespace race_is_decided

// The victim is a getter: it has the beginning of a job and waits for the rest.
namespace stopped_at_a_job {

using Jobs = mp::JoinableQueue<std::string>;

void work(Jobs& jobs, mp::Event& is_found) {
  const std::string job = jobs.get();
  jobs.task_done();
  if (!job.empty()) is_found.set();
}

template <bool is_fixed>
void body() {
  Jobs jobs(0, {.name = "jobs"});
  mp::Event is_found({.name = "is-found"});
  mp::Process worker_1(mp::fn<&work>, mp::args(jobs, is_found), {.name = "worker-1"});
  mp::Process worker_2(mp::fn<&work>, mp::args(jobs, is_found), {.name = "worker-2"});
  worker_1.start();
  worker_2.start();
  jobs.cancel_join_thread();  // what is left at the end may be left
  for (int job = 0; job < 2; ++job) jobs.put(std::string(picture_bytes, 'x'));
  is_found.wait();
  if (is_fixed) {
    jobs.join();
  } else {
    worker_1.terminate();
    worker_2.terminate();
  }
  worker_1.join();
  worker_2.join();
}

}  // namespace stopped_at_a_job

}  // namespace

std::vector<Scenario> queue_holder_killed() {
  const std::vector<ExpectedFinding> caught{{.rule = "queue-holder-killed"}};
  return {
      {.name = "misuse/queue-holder-killed-1",
       .summary = "a painter is terminated while its feeder writes a picture, which main gets",
       .body = &out_of_patience::body<false>,
       .expected = caught},
      {.name = "misuse/queue-holder-killed-1-fixed",
       .summary = "a painter is terminated if it has not ended in time, main having got its picture",
       .body = &out_of_patience::body<true>},
      {.name = "misuse/queue-holder-killed-2",
       .summary = "two processes are killed when one has answered, and the other is in its put()",
       .body = &race_is_decided::body<false>,
       .expected = caught},
      {.name = "misuse/queue-holder-killed-2-fixed",
       .summary = "main gets the second of two answers as well, although it has the first",
       .body = &race_is_decided::body<true>},
      {.name = "misuse/queue-holder-killed-3",
       .summary = "two workers are terminated when one has found it, and the other is getting its job",
       .body = &stopped_at_a_job::body<false>,
       .expected = caught},
      {.name = "misuse/queue-holder-killed-3-fixed",
       .summary = "two workers end by themselves although one has found it",
       .body = &stopped_at_a_job::body<true>},
  };
}

}  // namespace heddle::misuse
