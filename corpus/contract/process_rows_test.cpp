// A Process that is started, joined, killed and closed: rows PROC-* of the contract. That only the creator
// may start a process (PROC-01), that siblings may not join it (PROC-04), what aborts and other signals leave
// (PROC-05), what is flushed (PROC-12) and what hangs main (PROC-11) is in the tests of lib/mp/process,
// because it takes globals or the real operating system.
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <heddle/trial/rows.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;

void do_nothing() {}

void wait_for(mp::Semaphore& told) { told.acquire(); }

void starts_once() {
  mp::Process process(mp::fn<&do_nothing>);
  process.start();
  check_throws<mp::AssertionError>([&] { process.start(); }, "a process was started twice");
  process.join();
  check_throws<mp::AssertionError>([&] { process.start(); }, "a process was started after its end");
}

void starts_once_for_all_threads() {
  mp::Process process(mp::fn<&do_nothing>);
  mp::Semaphore refusals(0);
  const auto start = [&] {
    try {
      process.start();
    } catch (const mp::AssertionError&) {
      refusals.release();
    }
  };
  mp::Thread other(start);
  other.start();
  start();
  other.join();
  check(refusals.acquire(false) && !refusals.acquire(false), "two threads started one process");
  process.join();
  check(mp::active_children().empty(), "a process that was started once has two children");
}

// Neither has been told of the end when it comes.
void is_closed_by_several_threads() {
  mp::Process process(mp::fn<&do_nothing>);
  process.start();
  mp::wait({process.sentinel()});
  mp::Thread other([&] { process.close(); });
  other.start();
  process.close();
  other.join();
  check_throws<mp::ValueError>([&] { process.join(); }, "join of a process that two threads closed");
}

void is_not_closed_while_it_is_started() {
  mp::Semaphore given(0);
  mp::Process process(mp::fn<&wait_for>, mp::args(given));
  mp::Thread closer([&] {
    try {
      process.close();
    } catch (const mp::ValueError&) {
      given.release();
    }
  });
  closer.start();
  try {
    process.start();
  } catch (const mp::ValueError&) {  // closed before
    closer.join();
    return;
  }
  closer.join();
  process.join();
  check(process.exitcode() == 0, "a process was closed while it was started");
}

void knows_nothing_before_the_start() {
  mp::Process process(mp::fn<&do_nothing>);
  check(!process.is_alive() && !process.exitcode() && !process.pid(), "something is known before the start");
  check_throws<mp::AssertionError>([&] { process.join(); }, "join before the start");
  check_throws<mp::ValueError>([&] { return process.sentinel(); }, "sentinel before the start");
  check_throws<mp::AssertionError>([&] { process.terminate(); }, "terminate before the start");
  check_throws<mp::AssertionError>([&] { process.kill(); }, "kill before the start");
}

void joins_in_time_and_again() {
  mp::Semaphore finish(0);
  mp::Process process(mp::fn<&wait_for>, mp::args(finish));
  process.start();
  process.join(0s);
  process.join(-1s);
  const mp::Instant before = mp::os().now();
  process.join(0.01s);
  check(mp::os().now() - before >= 10ms && process.is_alive(), "a timed join did not wait");
  finish.release();
  process.join();
  process.join(0s);
  check(!process.is_alive() && process.exitcode() == 0, "a joined process has not ended");
}

class Selfish : public mp::ProcessClass<Selfish> {
 public:
  void run() {
    check_throws<mp::AssertionError>([&] { join(); }, "a process joined itself");
    check(is_alive() && mp::current_process().is_alive(), "a process takes itself for dead");
    check(!exitcode().has_value(), "a process knows its own exit code");
  }
};

void does_not_join_itself() {
  Selfish process;
  process.start();
  process.join();
  check(process.exitcode() == 0, "a check failed in the child");
}

template <auto Target>
std::optional<int> exitcode_of() {
  mp::Process process(mp::fn<Target>);
  process.start();
  process.join();
  return process.exitcode();
}

void tells_how_it_ended() {
  check(exitcode_of<&do_nothing>() == 0, "a target that returned");
  check(exitcode_of<[] { return 5; }>() == 0, "what a target returns counts");
  check(exitcode_of<[] { throw mp::KeyError("k"); }>() == 1, "an uncaught exception");
  check(exitcode_of<[] { mp::exit(3); }>() == 3, "exit(3)");
  check(exitcode_of<[] { mp::exit(-1); }>() == 255, "exit(-1)");
  check(exitcode_of<[] { mp::exit(256); }>() == 0, "exit(256)");
  check(exitcode_of<[] { mp::exit(259); }>() == 3, "exit(259)");
  check(exitcode_of<[] { mp::exit(); }>() == 0, "exit()");
  check(exitcode_of<[] { mp::exit(std::nullopt); }>() == 0, "exit(None)");
  check(exitcode_of<[] { mp::exit(true); }>() == 1, "exit(True)");
  check(exitcode_of<[] { mp::exit(false); }>() == 0, "exit(False)");
  check(exitcode_of<[] { mp::exit("words"); }>() == 1, "exit(words)");
  check(exitcode_of<[] { mp::exit(2.5); }>() == 1, "exit(2.5)");
  check(exitcode_of<[] { mp::exit_now(7); }>() == 7, "exit_now(7)");
}

void is_terminated_and_killed() {
  mp::Semaphore never_told(0);
  mp::Process terminated(mp::fn<&wait_for>, mp::args(never_told));
  mp::Process killed(mp::fn<&wait_for>, mp::args(never_told));
  terminated.start();
  killed.start();
  terminated.terminate();
  killed.kill();
  terminated.join();
  killed.join();
  check(terminated.exitcode() == -15 && killed.exitcode() == -9, "the exit code does not name the signal");
  terminated.kill();
  killed.terminate();
  check(terminated.exitcode() == -15 && killed.exitcode() == -9, "a signal to the dead changed something");
}

void answer(mp::Semaphore& asked, mp::Semaphore& answered) {
  asked.acquire();
  answered.release();
}

void have_a_child_and_wait(mp::Semaphore& asked, mp::Semaphore& answered, mp::Semaphore& ready) {
  mp::Process child(mp::fn<&answer>, mp::args(asked, answered), {.daemon = true});
  child.start();
  ready.release();
  child.join();
}

void children_outlive_a_killed_parent() {
  mp::Semaphore asked(0);
  mp::Semaphore answered(0);
  mp::Semaphore ready(0);
  mp::Process victim(mp::fn<&have_a_child_and_wait>, mp::args(asked, answered, ready));
  victim.start();
  ready.acquire();
  victim.kill();
  victim.join();
  asked.release();
  check(answered.acquire(true, 20s), "the orphan does not answer");
}

void is_of_no_use_once_closed() {
  mp::Semaphore finish(0);
  mp::Process process(mp::fn<&wait_for>, mp::args(finish), {.name = "closed"});
  process.start();
  check_throws<mp::ValueError>([&] { process.close(); }, "a running process was closed");
  finish.release();
  process.join();
  process.close();
  process.close();
  check_throws<mp::ValueError>([&] { return process.is_alive(); }, "is_alive after close");
  check_throws<mp::ValueError>([&] { process.join(); }, "join after close");
  check_throws<mp::ValueError>([&] { process.start(); }, "start after close");
  check_throws<mp::ValueError>([&] { process.terminate(); }, "terminate after close");
  check_throws<mp::ValueError>([&] { process.kill(); }, "kill after close");
  check_throws<mp::ValueError>([&] { return process.exitcode(); }, "exitcode after close");
  check_throws<mp::ValueError>([&] { return process.pid(); }, "pid after close");
  check_throws<mp::ValueError>([&] { return process.sentinel(); }, "sentinel after close");
  check(process.name() == "closed" && !process.daemon(), "name and daemon are gone");
  check(process.authkey() == mp::current_process().authkey(), "the key is gone");
}

void may_be_closed_before_the_start() {
  mp::Process process(mp::fn<&do_nothing>);
  process.close();
  check_throws<mp::ValueError>([&] { process.start(); }, "start after close");
}

void want_to_be_a_parent() {
  mp::Process child(mp::fn<&do_nothing>);
  check(child.daemon(), "a daemon's process is no daemon by default");
  child.set_daemon(false);
  check_throws<mp::AssertionError>([&] { child.start(); }, "a daemon has a child");
}

void daemons_have_no_children() {
  mp::Process daemon(mp::fn<&want_to_be_a_parent>);
  check(!daemon.daemon(), "a main process is a daemon");
  daemon.set_daemon(true);
  daemon.start();
  check_throws<mp::AssertionError>([&] { daemon.set_daemon(false); }, "daemon set after the start");
  daemon.join();
  check(daemon.exitcode() == 0, "a check failed in the daemon");
}

void change(std::vector<int>& numbers, const std::string& text, mp::Semaphore& done) {
  if (numbers == std::vector{1, 2} && text == "text") done.release();
  numbers.clear();
}

void arguments_are_copies() {
  mp::Semaphore done(0);
  std::vector<int> numbers{1, 2};
  mp::Process process(mp::fn<&change>, mp::args(numbers, "text", done));
  numbers.push_back(3);
  process.start();
  process.join();
  check(done.acquire(false), "the arguments are not those of the construction");
  check(numbers.size() == 3, "a child changed its parent's values");
}

void everybody_learns_the_exit_code() {
  mp::Process process(mp::fn<[] { mp::exit(6); }>);
  process.start();
  std::optional<int> seen;
  mp::Thread joiner([&] {
    process.join();
    seen = process.exitcode();
  });
  joiner.start();
  process.join();
  check(process.exitcode() == 6, "an exit code is unknown after a join");
  joiner.join();
  check(seen == 6, "an exit code is unknown to a thread that joined");
}

// Another thread has been told of the end and has not said so yet.
void has_an_exit_code_once_it_has_ended() {
  mp::Process process(mp::fn<[] { mp::exit(6); }>);
  process.start();
  mp::Thread other([&] { process.join(); });
  other.start();
  mp::wait({process.sentinel()});
  check(process.exitcode() == 6, "a process that has ended has no exit code");
  other.join();
}

void stops_and_goes_on() {
  mp::Semaphore asked(0);
  mp::Semaphore answered(0);
  mp::Process process(mp::fn<&answer>, mp::args(asked, answered));
  process.start();
  process.stop();
  asked.release();
  process.resume();
  answered.acquire();
  process.join();
  check(process.exitcode() == 0, "a process that was resumed failed");
}

// PROC-19, and the parts of PROC-13 and PROC-17 that do not compile here.
static_assert(!mp::detail::Crosses<mp::Process> && !mp::detail::Crosses<mp::ProcessHandle>);

const Row rows[] = {
    {"PROC-01", "a process starts once", &starts_once},
    {"PROC-01", "of several threads that start a process one does", &starts_once_for_all_threads},
    {"PROC-02", "before its start a process is not alive and cannot be joined",
     &knows_nothing_before_the_start},
    {"PROC-03", "join waits for as long as it is told, any number of times", &joins_in_time_and_again},
    {"PROC-04", "a process does not join itself", &does_not_join_itself},
    {"PROC-05", "the exit code tells how a process ended", &tells_how_it_ended, Granularity::op},
    {"PROC-05 PROC-06", "terminate and kill end a process, and do nothing to the dead",
     &is_terminated_and_killed},
    {"PROC-06 PROC-09", "the children of a killed process survive it, daemons too",
     &children_outlive_a_killed_parent},
    {"PROC-07", "a closed process is of no use", &is_of_no_use_once_closed},
    {"PROC-07", "several threads may close a process at once", &is_closed_by_several_threads},
    {"PROC-07", "a process is not closed while a thread starts it", &is_not_closed_while_it_is_started},
    {"PROC-07", "a process may be closed before its start", &may_be_closed_before_the_start},
    {"PROC-08", "daemons inherit it, have no children, and are made before the start",
     &daemons_have_no_children},
    {"PROC-17", "arguments are copies, taken when the Process is made", &arguments_are_copies},
    {"PROC-18", "threads that join at once all learn the exit code", &everybody_learns_the_exit_code},
    {"PROC-18", "a process that has ended has an exit code, whoever else asks",
     &has_an_exit_code_once_it_has_ended},
    {"stop", "a stopped process goes on when it is resumed", &stops_and_goes_on},
};

HEDDLE_CONTRACT_ROWS(Process, rows);

}  // namespace
}  // namespace heddle::trial
