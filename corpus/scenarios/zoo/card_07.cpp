// Card 7: a reader that is killed while it reads takes the readers' lock with it. The others wait for the
// lock for ever.
#include <mp/multiprocessing.hpp>
#include <scenarios/zoo/framed_queue.hpp>
#include <scenarios/zoo/zoo.hpp>

namespace heddle::zoo {
namespace {

void work(FramedQueue& jobs) {
  try {
    jobs.get();
  } catch (const mp::OwnerDied&) {
    // The other one was killed; main will see that the job is not done.
  }
}

template <FrameMistake mistake>
void body() {
  FramedQueue jobs(mistake);
  mp::Process worker_1(mp::fn<&work>, mp::args(jobs), {.name = "worker-1"});
  mp::Process worker_2(mp::fn<&work>, mp::args(jobs), {.name = "worker-2"});
  worker_1.start();
  worker_2.start();
  jobs.put("sort");
  jobs.put("print");
  worker_1.join();
  worker_2.join();
}

}  // namespace

Rows card_07() {
  return {
      {.name = "zoo/card-07",
       .summary = "two workers, of whom one may be killed, and a readers' lock that dies with its holder",
       .body = &body<FrameMistake::reader_lock_dies_with_its_holder>,
       .expected = {{.rule = "lock-orphaned"}},
       .granularity = Granularity::os,
       .faults = {ChoiceKind::kill}},
      {.name = "zoo/card-07-fixed",
       .summary = "two workers, of whom one may be killed, and a readers' lock that is robust",
       .body = &body<FrameMistake::none>,
       .granularity = Granularity::os,
       .faults = {ChoiceKind::kill}},
  };
}

}  // namespace heddle::zoo
