// Card 25: three mistakes around the pipe that wakes an executor's thread up. It is closed while somebody is
// about to write it; it is written under a lock that the thread needs to empty it; the thread is joined under
// a lock that it needs to come to its end.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/zoo/executor.hpp>
#include <scenarios/zoo/zoo.hpp>
#include <string>

namespace heddle::zoo {
namespace {

// A second thread submits a job, which comes before the end or is refused.
template <ExecutorMistake mistake>
void two_threads() {
  Executor executor(mistake);
  bool is_accepted = false;
  mp::Thread client(
      [&] {
        try {
          executor.submit("hello");
          is_accepted = true;
        } catch (const mp::RuntimeError&) {
          // It came too late.
        }
      },
      {.name = "client"});
  client.start();
  executor.shut_down();
  client.join();
  check(executor.letters() == (is_accepted ? 5U : 0U), "a job that is accepted is run");
}

template <ExecutorMistake mistake>
void many_letters() {
  constexpr std::size_t letters = 30'000;  // a pipe takes two such jobs
  Executor executor(mistake);
  for (int job = 0; job < 4; ++job) executor.submit(std::string(letters, 'x'));
  executor.shut_down();
  check(executor.letters() == 4 * letters, "all jobs are run");
}

template <ExecutorMistake mistake>
void last_job() {
  Executor executor(mistake);
  executor.submit("hello");
  executor.shut_down();
  check(executor.letters() == 5, "the job is run");
}

}  // namespace

Rows card_25() {
  return {
      {.name = "zoo/card-25-1",
       .summary = "a job for an executor that lets its wake-up pipe be closed between look and write",
       .body = &two_threads<ExecutorMistake::looks_and_writes_apart>,
       .expected = {{.rule = "pipe-use-after-close"}}},
      {.name = "zoo/card-25-1-fixed",
       .summary = "a job for an executor that looks at its wake-up pipe and writes it under one lock",
       .body = &two_threads<ExecutorMistake::none>},
      {.name = "zoo/card-25-2",
       .summary = "long jobs for an executor that writes its wake-up pipe under the lock its thread needs",
       .body = &many_letters<ExecutorMistake::writes_the_pipe_under_the_lock>,
       .expected = {{.rule = "deadlock"}}},
      {.name = "zoo/card-25-2-fixed",
       .summary = "long jobs for an executor that has one wake-up at most in its pipe",
       .body = &many_letters<ExecutorMistake::none>},
      {.name = "zoo/card-25-3",
       .summary = "a job for an executor that joins its thread under the lock the thread needs",
       .body = &last_job<ExecutorMistake::joins_its_thread_under_the_lock>,
       .expected = {{.rule = "deadlock"}}},
      {.name = "zoo/card-25-3-fixed",
       .summary = "a job for an executor that joins its thread without a lock",
       .body = &last_job<ExecutorMistake::none>},
  };
}

}  // namespace heddle::zoo
