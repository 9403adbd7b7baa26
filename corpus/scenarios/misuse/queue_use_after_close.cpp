// Using a queue that the same process has closed.
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_communication.hpp>
#include <string>

namespace heddle::misuse {
namespace {

// A worker closes its queue to have its lines written out, and writes another one.
namespace flushed {

using Lines = mp::Queue<std::string>;

void flush(Lines& log) {
  log.close();
  log.join_thread();
}

void work(Lines& log) {
  log.put("begun");
  flush(log);  // the plant: there is no coming back
  log.put("ended");
}

void work_fixed(Lines& log) {
  log.put("begun");
  log.put("ended");
  flush(log);
}

template <auto Work>
void body() {
  Lines log(0, {.name = "log"});
  mp::Process worker(mp::fn<Work>, mp::args(log), {.name = "worker"});
  worker.start();
  log.get();
  log.get();
  worker.join();
}

}  // namespace flushed

// main has put its last item and closes the queue, while a thread of the same process is still at it.
namespace thread_at_work {

using Numbers = mp::JoinableQueue<int>;

void count(Numbers& numbers) {
  for (int i = 0; i < 3; ++i) {
    numbers.get();
    numbers.task_done();
  }
}

template <bool is_fixed>
void body() {
  Numbers numbers(0, {.name = "numbers"});
  mp::Process counter(mp::fn<&count>, mp::args(numbers), {.name = "counter"});
  counter.start();
  mp::Thread helper(
      [&] {
        numbers.put(2);
        numbers.put(3);
      },
      {.name = "helper"});
  helper.start();
  numbers.put(1);
  if (is_fixed) helper.join();
  numbers.close();
  numbers.join();  // which a closed queue allows
  if (!is_fixed) helper.join();
  counter.join();
}

}  // namespace thread_at_work

// main gives up a queue of answers as it would give up an end of a pipe that only its child uses.
namespace closed_like_a_pipe {

using Answers = mp::SimpleQueue<int>;

void answer(Answers& answers) { answers.put(42); }

template <bool is_fixed>
void body() {
  Answers answers({.name = "answers"});
  mp::Process worker(mp::fn<&answer>, mp::args(answers), {.name = "worker"});
  worker.start();
  if (!is_fixed) answers.close();
  answers.get();
  if (is_fixed) answers.close();
  worker.join();
}

}  // namespace closed_like_a_pipe

}  // namespace

std::vector<Scenario> queue_use_after_close() {
  const std::vector<ExpectedFinding> caught{{.rule = "queue-use-after-close"}};
  return {
      {.name = "misuse/queue-use-after-close-1",
       .summary = "a worker closes its log to have it written out, and writes another line",
       .body = &flushed::body<&flushed::work>,
       .expected = caught},
      {.name = "misuse/queue-use-after-close-1-fixed",
       .summary = "a worker writes its lines, closes its log and waits until it is written out",
       .body = &flushed::body<&flushed::work_fixed>},
      {.name = "misuse/queue-use-after-close-2",
       .summary = "main closes a queue into which a thread of its own still puts",
       .body = &thread_at_work::body<false>,
       .expected = caught},
      {.name = "misuse/queue-use-after-close-2-fixed",
       .summary = "main joins the thread that puts, closes the queue and waits until all is done",
       .body = &thread_at_work::body<true>},
      {.name = "misuse/queue-use-after-close-3",
       .summary = "main closes a SimpleQueue once its child has it, and gets from it",
       .body = &closed_like_a_pipe::body<false>,
       .expected = caught},
      {.name = "misuse/queue-use-after-close-3-fixed",
       .summary = "main gets from a SimpleQueue and closes it then",
       .body = &closed_like_a_pipe::body<true>},
  };
}

}  // namespace heddle::misuse
