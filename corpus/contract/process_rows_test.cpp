// Process: the rows PROC-* of the contract, and AUTH-08 about the key of a process. That only the creator may
// start a process (PROC-01), that siblings may not join it (PROC-04), what aborts and other signals leave
// (PROC-05), what is flushed (PROC-12) and what hangs main (PROC-11) is in the tests of lib/mp/process,
// because it takes globals or the real operating system.
#include <algorithm>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <heddle/trial/rows.hpp>
#include <mp/multiprocessing.hpp>
#include <mp/process/exit_sequence.hpp>

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

void hold_for_ever(mp::Connection& held) {
  mp::Semaphore never_told(0);
  never_told.acquire(true, 3600s);
  held.close();
}

void end_before_its_children(mp::Connection& held, mp::Semaphore& finish) {
  mp::Process(mp::fn<&hold_for_ever>, mp::args(held), {.daemon = true}).start();
  mp::Process(mp::fn<&wait_for>, mp::args(finish)).start();
}

void waits_for_its_children_at_its_end() {
  auto [in, out] = mp::Pipe(mp::Duplex::no);
  mp::Semaphore finish(0);
  mp::Process parent(mp::fn<&end_before_its_children>, mp::args(out, finish));
  parent.start();
  out.close();
  parent.join(0.02s);
  check(parent.is_alive(), "a process ended before its child that is no daemon");
  finish.release();
  parent.join();
  check(parent.exitcode() == 0, "the exit sequence failed");
  check_throws<mp::EOFError>([&] { return in.recv<int>(); }, "a daemon outlived its parent");
}

struct Note {
  mp::Connection* out;
  int number;
};

void send_note(void* context) {
  const Note& note = *static_cast<const Note*>(context);
  note.out->send(note.number);
}

void send_one_thousand(mp::Connection& out) { out.send(1'000); }

void leave_work_for_the_end(mp::Connection& out) {
  // Where the finalizers find it, after this function has returned.
  auto* const kept = new mp::Connection(std::move(out));
  for (const int priority : {-100, 0, 15, -5, 10})
    mp::register_finalizer(priority, &send_note, new Note{kept, priority});
  mp::register_finalizer(10, &send_note, new Note{kept, 11});
  mp::Process(mp::fn<&send_one_thousand>, mp::args(*kept)).start();
}

void ends_in_order() {
  auto [in, out] = mp::Pipe(mp::Duplex::no);
  mp::Process process(mp::fn<&leave_work_for_the_end>, mp::args(out));
  process.start();
  std::vector<int> numbers;
  for (int i = 0; i < 7; ++i) numbers.push_back(in.recv<int>());
  process.join();
  // The child runs at once, and is waited for between the finalizers of priority 0 and those below.
  const auto child = std::ranges::find(numbers, 1'000);
  check(child != numbers.end() && child - numbers.begin() <= 4,
        "a later finalizer ran before the child's end");
  numbers.erase(child);
  check(numbers == std::vector{15, 11, 10, 0, -5, -100}, "finalizers ran in another order");
}

void take_all(mp::Queue<std::string>& queue, mp::Semaphore& taken) {
  if (queue.get().size() == 200'000) taken.release();
}

void put_and_return(mp::Queue<std::string>& queue, mp::Semaphore& taken) {
  mp::Process(mp::fn<&take_all>, mp::args(queue, taken)).start();
  queue.put(std::string(200'000, 'x'));
}

void what_was_put_last_arrives() {
  mp::Queue<std::string> queue;
  mp::Semaphore taken(0);
  mp::Process producer(mp::fn<&put_and_return>, mp::args(queue, taken));
  producer.start();
  producer.join();
  check(taken.acquire(false), "the consumer did not get what was put before the end");
}

void leave_a_thread_to_the_end(mp::Semaphore& last) {
  auto* const told = new mp::Semaphore(0);
  mp::Thread([told, &last] {
    told->acquire();
    last.release();
  }).start();
  mp::Thread([] { mp::sleep(3600s); }, {.daemon = true}).start();
  mp::register_finalizer(
      0, [](void* context) { static_cast<mp::Semaphore*>(context)->release(); }, told);
  std::byte byte{};
  check(mp::os().read(0, std::span(&byte, 1)).value_or(1) == 0, "a child has input");
  last.acquire();  // by this thread: the other one can only give it back after the finalizers
}

void a_child_ends_in_order() {
  mp::Semaphore last(1);
  mp::Process process(mp::fn<[](mp::Semaphore& semaphore) {
                        // Kept: the thread outlives the target.
                        leave_a_thread_to_the_end(*new mp::Semaphore(std::move(semaphore)));
                      }>,
                      mp::args(last));
  process.start();
  process.join();
  check(process.exitcode() == 0, "a child failed to end");
  check(last.acquire(false), "a child ended before its thread, or waited for its daemonic one");
}

void compare_names(const std::string& own) {
  check(mp::current_process().name() == own, "a child has another name than its Process");
  check(mp::Process(mp::fn<&do_nothing>).name() == own + ":1", "a grandchild's name");
  check(mp::Process(mp::fn<&do_nothing>).name() == own + ":2", "a second grandchild's name");
}

void is_named_by_creation() {
  mp::Process first(mp::fn<&compare_names>, mp::args("Process-1"), {.name = ""});
  check(first.name() == "Process-1", "the first process");
  check(mp::Process(mp::fn<&do_nothing>, {.name = "own"}).name() == "own", "a given name");
  check(mp::Process(mp::fn<&do_nothing>).name() == "Process-3", "names count creations");
  first.start();
  first.join();
  check(first.exitcode() == 0, "a check failed in the child");
}

void look_at_parent(std::int32_t pid, mp::Semaphore& asked, mp::Semaphore& answered) {
  const std::optional<mp::ParentProcess> parent = mp::parent_process();
  check(parent.has_value() && parent->name() == "parent", "a child does not know its parent");
  check(static_cast<std::int32_t>(parent->pid()) == pid, "a child takes another for its parent");
  check(parent->is_alive(), "the parent is not alive");
  parent->join(0.01s);
  answered.release();
  asked.acquire();
  parent->join();
  check(!parent->is_alive(), "the parent lives on after a join");
  answered.release();
}

void be_a_parent(mp::Semaphore& asked, mp::Semaphore& answered) {
  const auto pid = static_cast<std::int32_t>(mp::current_process().pid());
  mp::Process child(mp::fn<&look_at_parent>, mp::args(pid, asked, answered));
  child.start();
  child.join();
}

void knows_its_parent() {
  check(!mp::parent_process(), "a main process has a parent");
  mp::Semaphore asked(0);
  mp::Semaphore answered(0);
  mp::Process parent(mp::fn<&be_a_parent>, mp::args(asked, answered), {.name = "parent"});
  parent.start();
  answered.acquire();
  parent.kill();
  parent.join();
  asked.release();
  check(answered.acquire(true, 20s), "a child did not learn of its parent's end");
}

void lists_its_active_children() {
  mp::Semaphore finish(0);
  mp::Process running(mp::fn<&wait_for>, mp::args(finish), {.name = "running"});
  mp::Process ended(mp::fn<&do_nothing>);
  const mp::Process unstarted(mp::fn<&do_nothing>);
  running.start();
  ended.start();
  ended.join();
  const std::vector<mp::ProcessHandle> active = mp::active_children();
  check(active.size() == 1 && active[0].name() == "running", "the wrong children are active");
  finish.release();
  running.join();
  check(mp::active_children().empty(), "children are active after their end");
}

bool is_ready(mp::Descriptor fd, mp::Instant deadline) {
  mp::PollItem item{.fd = fd};
  return mp::os().poll(std::span(&item, 1), deadline).has_value();
}

void has_a_sentinel() {
  mp::Semaphore finish(0);
  mp::Process process(mp::fn<&wait_for>, mp::args(finish));
  process.start();
  const mp::Descriptor sentinel = process.sentinel();
  check(!is_ready(sentinel, mp::immediately), "the sentinel of a running process is ready");
  finish.release();
  check(is_ready(sentinel, mp::never) && process.exitcode() == 0, "a sentinel came before the end");
  check(process.sentinel() == sentinel, "a sentinel changed");
}

void leave_a_child(mp::Semaphore& asked, mp::Semaphore& answered) {
  mp::Process(mp::fn<&answer>, mp::args(asked, answered)).start();
  mp::exit_now(0);
}

void no_grandchild_delays_the_sentinel() {
  mp::Semaphore asked(0);
  mp::Semaphore answered(0);
  mp::Process process(mp::fn<&leave_a_child>, mp::args(asked, answered));
  process.start();
  check(is_ready(process.sentinel(), mp::os().now() + 20s), "a grandchild holds the sentinel off");
  process.join(20s);
  check(process.exitcode() == 0, "a grandchild delays a join");
  asked.release();
  answered.acquire();
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

void compare_key(const mp::AuthenticationKey& key) {
  check(mp::current_process().authkey() == key, "a child has another key");
}

void keys_are_inherited_and_not_sent() {
  const mp::AuthenticationKey key = mp::current_process().authkey();
  check(key.bytes().size() == 32, "a key of another size");
  mp::Process first(mp::fn<&compare_key>, mp::args(key));
  first.start();
  first.join();
  const mp::AuthenticationKey mine("mine");
  mp::current_process().set_authkey(mine);
  mp::Process second(mp::fn<&compare_key>, mp::args(mine));
  second.start();
  second.join();
  check(first.exitcode() == 0 && second.exitcode() == 0, "a check failed in a child");
  auto [a, b] = mp::Pipe();
  check_throws<mp::TypeError>([&] { a.send(key); }, "a key was sent through a pipe");
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
    {"PROC-07", "a process may be closed before its start", &may_be_closed_before_the_start},
    {"PROC-08", "daemons inherit it, have no children, and are made before the start",
     &daemons_have_no_children},
    {"PROC-09", "a process terminates its daemons and waits for its other children",
     &waits_for_its_children_at_its_end},
    {"PROC-10", "finalizers run by priority, the children's ends between", &ends_in_order},
    {"PROC-11", "a child gets what its parent put just before its end", &what_was_put_last_arrives,
     Granularity::op},
    {"PROC-12", "a child runs its finalizers, then joins its threads but the daemonic ones",
     &a_child_ends_in_order},
    {"PROC-13", "a process without a name has one by creation counters", &is_named_by_creation},
    {"PROC-14", "a child knows its parent, and that it has ended", &knows_its_parent},
    {"PROC-14", "active_children are those that have not ended", &lists_its_active_children},
    {"PROC-15", "a sentinel is ready when the process has ended", &has_a_sentinel},
    {"PROC-15 PROC-16", "a grandchild delays neither sentinel nor join", &no_grandchild_delays_the_sentinel},
    {"PROC-17", "arguments are copies, taken when the Process is made", &arguments_are_copies},
    {"PROC-18", "threads that join at once all learn the exit code", &everybody_learns_the_exit_code},
    {"AUTH-08", "a key is inherited at birth and is never in a message", &keys_are_inherited_and_not_sent},
    {"stop", "a stopped process goes on when it is resumed", &stops_and_goes_on},
};

HEDDLE_CONTRACT_ROWS(Process, rows);

}  // namespace
}  // namespace heddle::trial
