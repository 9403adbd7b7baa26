// Joinable queues: what has been done when join() returns, and by whom.
#include <honesty/programs.hpp>

namespace heddle::honesty {
namespace {

using Jobs = mp::JoinableQueue<int>;

// Does one job, and says in its exit status which.
void do_one(Jobs& jobs) {
  const int job = jobs.get();
  jobs.task_done();
  mp::exit(job);
}

void who_does_what() {
  Jobs jobs;
  auto first = start<&do_one>("first", jobs);
  auto second = start<&do_one>("second", jobs);
  jobs.put(1);
  jobs.put(2);
  jobs.join();
  record(first.is_alive());
  record(status_of(first));
  record(status_of(second));
}

void do_one_and_go_on(Jobs& jobs, Counter& stage) {
  jobs.get();
  jobs.task_done();
  stage.value() = 1;
  stage.value() = 2;
}

void after_the_last() {
  Jobs jobs;
  Counter stage;
  auto child = start<&do_one_and_go_on>("child", jobs, stage);
  jobs.put(1);
  jobs.join();
  record(static_cast<int>(stage.value()));
  record(child.is_alive());
  child.join();
}

}  // namespace

HonestyProgram joinable_queues_who_does_what() {
  return {"joinable-queues/who-does-what", "which of two workers does which job, and is it gone after join",
          &who_does_what};
}
HonestyProgram joinable_queues_after_the_last() {
  return {"joinable-queues/after-the-last", "how far a worker is after the job it marked as done",
          &after_the_last};
}

}  // namespace heddle::honesty
