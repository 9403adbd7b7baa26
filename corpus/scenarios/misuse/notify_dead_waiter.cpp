// A notification that goes to somebody who is no more.
#include <chrono>
#include <memory>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_locks.hpp>
#include <utility>

namespace heddle::misuse {
namespace {

using std::chrono::seconds;

void wait_for_job(mp::Condition& changed, mp::Value<int>& jobs) {
  const mp::With held(changed);
  while (jobs.value() == 0) changed.wait();
  jobs.value() = jobs.value() - 1;
}

// There are more workers than work, so main terminates one, and gives the other a job.
namespace fewer_workers {

template <bool is_fixed>
void body() {
  mp::Condition changed({.name = "changed"});
  mp::Value<int> jobs(0, {.name = "jobs"});
  mp::Process worker_1(mp::fn<&wait_for_job>, mp::args(changed, jobs), {.name = "worker-1"});
  mp::Process worker_2(mp::fn<&wait_for_job>, mp::args(changed, jobs), {.name = "worker-2"});
  worker_1.start();
  worker_2.start();
  mp::sleep(seconds(1));
  worker_1.terminate();
  worker_1.join();
  {
    const mp::With held(changed);
    jobs.value() = 1;
    is_fixed ? changed.notify_all() : changed.notify();
  }
  worker_2.join();
}

}  // namespace fewer_workers

// A worker is replaced by a fresh one while it waits.
namespace replaced {

void give(mp::Condition& changed, mp::Value<int>& jobs, int waiting) {
  const mp::With held(changed);
  jobs.value() = 1;
  changed.notify(waiting);
}

template <int counted>
void body() {
  mp::Lock lock({.name = "lock"});
  mp::Condition changed(lock, {.name = "changed"});
  mp::Value<int> jobs(0, {.name = "jobs"});
  mp::Process old(mp::fn<&wait_for_job>, mp::args(changed, jobs), {.name = "old"});
  mp::Process fresh(mp::fn<&wait_for_job>, mp::args(changed, jobs), {.name = "fresh"});
  mp::Process giver(mp::fn<&give>, mp::args(changed, jobs, counted), {.name = "giver"});
  old.start();
  old.join(seconds(1));
  old.kill();
  old.join();
  fresh.start();
  fresh.join(seconds(1));
  giver.start();
  giver.join();
  fresh.join();
}

}  // namespace replaced

// The dead waiter is a thread: its process has ended and did not wait for it.
namespace daemon_thread {

void watch(mp::Condition& changed, mp::Value<int>& jobs) {
  const mp::With held(changed);
  while (jobs.value() == 0) changed.wait();
}

/// What a thread that may outlive its process's work needs.
struct Shared {
  mp::Condition changed;
  mp::Value<int> jobs;
};

void visit(mp::Condition& changed, mp::Value<int>& jobs) {
  const auto own = std::make_shared<Shared>(Shared{std::move(changed), std::move(jobs)});
  mp::Thread watcher([own] { watch(own->changed, own->jobs); }, {.name = "watcher", .daemon = true});
  watcher.start();
  mp::sleep(seconds(1));
}

// It is told, and joined.
void visit_fixed(mp::Condition& changed, mp::Value<int>& jobs) {
  mp::Thread watcher([&] { watch(changed, jobs); }, {.name = "watcher", .daemon = true});
  watcher.start();
  mp::sleep(seconds(1));
  {
    const mp::With held(changed);
    jobs.value() = 1;
    changed.notify();
  }
  watcher.join();
}

template <auto Visit>
void body() {
  mp::Condition changed({.name = "changed"});
  mp::Value<int> jobs(0, {.name = "jobs"});
  mp::Value<int> more_jobs(0, {.name = "more-jobs"});
  mp::Process visitor(mp::fn<Visit>, mp::args(changed, jobs), {.name = "visitor"});
  mp::Process worker(mp::fn<&wait_for_job>, mp::args(changed, more_jobs), {.name = "worker"});
  visitor.start();
  visitor.join();
  worker.start();
  mp::sleep(seconds(1));
  {
    const mp::With held(changed);
    more_jobs.value() = 1;
    changed.notify();
  }
  worker.join();
}

}  // namespace daemon_thread

}  // namespace

std::vector<Scenario> notify_dead_waiter() {
  const std::vector<ExpectedFinding> caught{{.rule = "notify-dead-waiter"}};
  return {
      {.name = "misuse/notify-dead-waiter-1",
       .summary = "main terminates one of two waiting workers and notifies one",
       .body = &fewer_workers::body<false>,
       .expected = caught},
      {.name = "misuse/notify-dead-waiter-1-fixed",
       .summary = "main terminates one of two waiting workers and notifies all",
       .body = &fewer_workers::body<true>},
      {.name = "misuse/notify-dead-waiter-2",
       .summary = "a waiting worker is replaced by another, and a third process notifies one",
       .body = &replaced::body<1>,
       .expected = caught},
      {.name = "misuse/notify-dead-waiter-2-fixed",
       .summary = "a waiting worker is replaced by another, and a third process notifies both",
       .body = &replaced::body<2>},
      {.name = "misuse/notify-dead-waiter-3",
       .summary = "a process ends with a daemon thread that waits, and main notifies one",
       .body = &daemon_thread::body<&daemon_thread::visit>,
       .expected = caught},
      {.name = "misuse/notify-dead-waiter-3-fixed",
       .summary = "a process tells its daemon thread, joins it and ends, and main notifies one",
       .body = &daemon_thread::body<&daemon_thread::visit_fixed>},
  };
}

}  // namespace heddle::misuse
