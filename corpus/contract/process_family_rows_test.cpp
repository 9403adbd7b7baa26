// What processes know of each other: the rows PROC-13 to PROC-16 of the contract, and AUTH-08 about the key
// of a process.
#include <chrono>
#include <string>
#include <vector>

#include <heddle/trial/rows.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;

void do_nothing() {}

void wait_for(mp::Semaphore& told) { told.acquire(); }

void answer(mp::Semaphore& asked, mp::Semaphore& answered) {
  asked.acquire();
  answered.release();
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

const Row rows[] = {
    {"PROC-13", "a process without a name has one by creation counters", &is_named_by_creation},
    {"PROC-14", "a child knows its parent, and that it has ended", &knows_its_parent},
    {"PROC-14", "active_children are those that have not ended", &lists_its_active_children},
    {"PROC-15", "a sentinel is ready when the process has ended", &has_a_sentinel},
    {"PROC-15 PROC-16", "a grandchild delays neither sentinel nor join", &no_grandchild_delays_the_sentinel},
    {"AUTH-08", "a key is inherited at birth and is never in a message", &keys_are_inherited_and_not_sent},
};

HEDDLE_CONTRACT_ROWS(ProcessFamily, rows);

}  // namespace
}  // namespace heddle::trial
