// A process that is made daemonic, or no longer, when it runs already: as an afterthought behind a loop that
// starts all, for one that takes too long to wait for, for one that is to be waited for after all. Mended by
// saying so before the start, and by what was meant: terminate(), join().
#include <chrono>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_processes.hpp>
#include <string>
#include <vector>

namespace heddle::misuse {
namespace {

using namespace std::chrono_literals;

void work(mp::Queue<int>& results) { results.put(1); }

void log_results(mp::Queue<int>& results) {
  while (true) outcome(results.get());
}

// The logger goes on for ever, the worker does not.
template <bool is_early>
void logger_among_workers() {
  mp::Queue<int> results(0, {.name = "results"});
  std::vector<mp::Process> staff;
  staff.emplace_back(mp::fn<&log_results>, mp::args(results), mp::ProcessOptions{.name = "logger"});
  staff.emplace_back(mp::fn<&work>, mp::args(results), mp::ProcessOptions{.name = "worker"});
  if (is_early) staff.front().set_daemon(true);
  for (mp::Process& each : staff) each.start();
  if (!is_early) staff.front().set_daemon(true);
  staff.back().join();
}

void think_for_ever() {
  while (true) mp::sleep(1h);
}

void leave_it(mp::Process& thinker) { thinker.set_daemon(true); }
void stop_it(mp::Process& thinker) {
  thinker.terminate();
  thinker.join();
}

template <auto give_up>
void impatient() {
  mp::Process thinker(mp::fn<&think_for_ever>, {.name = "thinker"});
  thinker.start();
  thinker.join(10s);
  if (thinker.is_alive()) give_up(thinker);
}

void save(mp::Value<bool>& is_saved) {
  mp::sleep(1s);
  is_saved.value() = true;
}

void keep_it(mp::Process& saver) { saver.set_daemon(false); }
void wait_for_it(mp::Process& saver) { saver.join(); }

template <auto see_it_through>
void saved_in_the_background() {
  mp::Value<bool> is_saved(false, {.name = "is-saved"});
  mp::Process saver(mp::fn<&save>, mp::args(is_saved), {.name = "saver", .daemon = true});
  saver.start();
  see_it_through(saver);
}

}  // namespace

std::vector<Scenario> daemon_after_start() {
  const std::vector<ExpectedFinding> rejected = {{.rule = "daemon-after-start"}};
  return {
      {.name = "misuse/daemon-after-start-1",
       .summary = "all processes are started in a loop, and then the logger is made a daemon",
       .body = &logger_among_workers<false>,
       .expected = rejected},
      {.name = "misuse/daemon-after-start-1-fixed",
       .summary = "the logger is made a daemon, and then all processes are started in a loop",
       .body = &logger_among_workers<true>},
      {.name = "misuse/daemon-after-start-2",
       .summary = "a process that join(10s) did not see end is made a daemon",
       .body = &impatient<&leave_it>,
       .expected = rejected},
      {.name = "misuse/daemon-after-start-2-fixed",
       .summary = "a process that join(10s) did not see end is terminated",
       .body = &impatient<&stop_it>},
      {.name = "misuse/daemon-after-start-3",
       .summary = "a daemon that saves something is to be none any more, so that it is waited for",
       .body = &saved_in_the_background<&keep_it>,
       .expected = rejected},
      {.name = "misuse/daemon-after-start-3-fixed",
       .summary = "a daemon that saves something is joined",
       .body = &saved_in_the_background<&wait_for_it>},
  };
}

}  // namespace heddle::misuse
