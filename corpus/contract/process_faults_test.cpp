// Processes, pools and managers under faults.
#include <chrono>
#include <string>
#include <vector>

#include <heddle/trial/fault_programs.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;

template <auto target, class... A>
mp::Process start_catching(A&... arguments) {
  return start_daemon<&catching<target, A...>>("child", arguments...);
}

void exit_with(int status) { mp::exit(status); }

void end_and_tell() {
  std::vector<mp::Process> children;
  for (int status = 4; status < 7; ++status) children.emplace_back(mp::fn<&exit_with>, mp::args(status));
  for (mp::Process& child : children) child.start();
  for (int i = 0; i < 3; ++i) {
    children[static_cast<std::size_t>(i)].join(50s);
    check(children[static_cast<std::size_t>(i)].exitcode() == 4 + i, "another exit code");
  }
}

/// A start that was refused leaves a Process that can be started.
void start_again() {
  mp::Process child(mp::fn<&exit_with>, mp::args(5));
  std::string refusal;
  for (int attempt = 0; attempt < 3 && !child.pid(); ++attempt) {
    try {
      child.start();
    } catch (const mp::OSError& error) {
      refusal = error.what();
      check(mp::active_children().empty(), "a start that was refused left a child");
      check(!child.is_alive(), "a start that was refused left a process alive");
    }
  }
  child.join();
  check(child.exitcode() == 5, "another exit code");
  if (!refusal.empty()) throw mp::OSError(refusal);
}

void answer(mp::Connection& end) { end.send(end.recv<std::string>() + "!"); }

void spawn_one() {
  auto [ours, theirs] = mp::Pipe();
  mp::Process child =
      mp::get_context("spawn").Process(mp::fn<&catching<&answer, mp::Connection>>, mp::args(theirs));
  child.start();
  theirs.close();
  ours.send(std::string("there"));
  check(ours.recv<std::string>() == "there!", "another answer comes back");
  child.join();
}

void join_parent(mp::Semaphore& here) {
  here.release();
  check(mp::parent_process()->is_alive(), "a parent that waits is not alive");
  mp::parent_process()->join(0.5s);
  check(mp::parent_process()->is_alive(), "a join came back because the parent had ended");
}

void be_a_parent() {
  mp::Semaphore here(0);
  const mp::Process child = start_catching<&join_parent>(here);
  here.acquire();
  child.join();
}

int square(int number) { return number * number; }

struct Finished {
  mp::Pool& pool;
  ~Finished() {
    pool.terminate();
    pool.join();
  }
};

mp::Pool two_workers() {
  try {
    return mp::Pool(2);
  } catch (const mp::OSError&) {
    check(mp::active_children().empty(), "a pool that got one worker of two has left it");
    throw;
  }
}

void map_by_a_pool() {
  mp::Pool pool = two_workers();
  const Finished finished{pool};
  check(pool.map(mp::fn<&square>, std::vector{1, 2, 3}, 1) == std::vector{1, 4, 9}, "other results");
}

mp::Bytes as_large(int size) { return mp::Bytes(static_cast<std::size_t>(size), std::byte{7}); }

void take_large_results() {
  mp::Pool pool(1);
  const auto first = pool.apply_async(mp::fn<&as_large>, mp::args(100'000));
  const auto second = pool.apply_async(mp::fn<&as_large>, mp::args(3));
  pool.close();
  pool.join();
  check(first.get() == as_large(100'000) && second.get() == as_large(3), "other results");
}

void replace_workers() {
  mp::Pool pool(1, {.maxtasksperchild = 1});
  const Finished finished{pool};
  int sum = 0;
  for (const int each : pool.imap(mp::fn<&square>, std::vector{1, 2, 3})) sum += each;
  check(sum == 14, "other results");
}

void add_to(mp::DictProxy<std::string, int>& dict, mp::LockProxy& lock) {
  const mp::With held(lock);
  dict.set("n", dict.at("n") + 1);
}

void share_a_dict() {
  mp::Manager manager;
  auto dict = manager.dict<std::string, int>({{"n", 0}});
  mp::LockProxy lock = manager.Lock();
  const mp::Process child = start_catching<&add_to>(dict, lock);
  add_to(dict, lock);
  child.join();
  check(child.exitcode() == 3 || dict.at("n") == 2, "an update is lost");
}

void put_late(mp::QueueProxy<mp::Bytes>& queue) {
  mp::sleep(1s);
  queue.put(mp::Bytes(100'000));
}

void wait_for_a_managed_item() {
  mp::Manager manager;
  auto queue = manager.Queue<mp::Bytes>();
  const mp::Process child = start_catching<&put_late>(queue);
  try {
    check(queue.get(true, 100s).size() == 100'000, "another item");
  } catch (const mp::Empty&) {
    child.join();
    check(child.exitcode() == 3, "an item is lost");
    throw;
  }
  child.join();
}

/// A manager that could not be started leaves no file, and can be started.
void start_a_manager_again() {
  mp::Manager manager({.address = "./managed", .start = mp::ManagerOptions::Start::later});
  std::string refusal;
  for (int attempt = 0; attempt < 3; ++attempt) {
    try {
      manager.start();
      break;
    } catch (const mp::OSError& error) {
      refusal = error.what();
      check(error.number() != EADDRINUSE, "a manager that was refused left its file");
    }
  }
  check(manager.list<int>({1}).at(0) == 1, "another list");
  manager.shutdown();
  if (!refusal.empty()) throw mp::OSError(refusal);
}

const FaultProgram programs[] = {
    {"Processes", &end_and_tell},
    {"StartAgain", &start_again},
    {"Spawn", &spawn_one},
    {"Parent", &be_a_parent},
    {"PoolMap", &map_by_a_pool},
    {"PoolLargeResults", &take_large_results},
    {"PoolReplacedWorkers", &replace_workers},
    {"ManagedDict", &share_a_dict},
    {"ManagedWait", &wait_for_a_managed_item},
    {"ManagerAgain", &start_a_manager_again},
};

HEDDLE_FAULT_PROGRAMS(Processes, programs);

}  // namespace
}  // namespace heddle::trial
