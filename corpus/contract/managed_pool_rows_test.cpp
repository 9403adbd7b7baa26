// A Pool in a manager's server: row MGR-21, and that its calls are those of a Pool. What an AsyncResult and
// an iterator do beside that is in lib/mp/manager/pool_proxy_test.cpp.
#include <chrono>
#include <tuple>
#include <vector>

#include <heddle/trial/rows.hpp>
#include <heddle/trial/trial.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;

int square(int number) { return number * number; }
int add(int one, int other) { return one + other; }
int refuse_two(int number) {
  if (number == 2) throw mp::KeyError("two");
  return number;
}
int wait_for(const mp::EventProxy& event) {
  event.wait();
  return 1;
}

void finish(const mp::PoolProxy& pool) {
  pool.close();
  pool.join();
}

void results_are_proxies() {
  mp::Manager manager;
  const mp::PoolProxy pool = manager.Pool(1);
  const auto one = pool.apply_async(mp::fn<&square>, mp::args(7));
  const auto many = pool.map_async(mp::fn<&square>, std::vector{1, 2, 3});
  one.wait();
  check(one.ready() && one.successful() && one.get() == 49, "the result of apply_async");
  check(many.get() == std::vector{1, 4, 9}, "the results of map_async");
  finish(pool);
}

void calls_return_results() {
  mp::Manager manager;
  const mp::PoolProxy pool = manager.Pool(2);
  check(pool.apply(mp::fn<&add>, mp::args(1, 2)) == 3, "apply");
  check(pool.map(mp::fn<&square>, std::vector{1, 2}, 1) == std::vector{1, 4}, "map");
  check(pool.starmap(mp::fn<&add>, std::vector<std::tuple<int, int>>{{1, 2}}) == std::vector{3}, "starmap");
  finish(pool);
}

void iterators_are_proxies() {
  mp::Manager manager;
  const mp::PoolProxy pool = manager.Pool(1);
  const auto results = pool.imap(mp::fn<&refuse_two>, std::vector{1, 2, 3});
  check(results.next() == 1, "the first");
  check_throws<mp::KeyError>([&] { return results.next(); }, "the failure in its place");
  check(results.next() == 3, "the iteration goes on");
  check_throws<mp::StopIteration>([&] { return results.next(); }, "the end");
  int sum = 0;
  for (const int each : pool.imap_unordered(mp::fn<&square>, std::vector{1, 2})) sum += each;
  check(sum == 5, "imap_unordered");
  finish(pool);
}

void failures_are_raised() {
  mp::Manager manager;
  const mp::PoolProxy pool = manager.Pool(1);
  const auto result = pool.apply_async(mp::fn<&refuse_two>, mp::args(2));
  check_throws<mp::KeyError>([&] { return result.get(); }, "a function's exception");
  check(!result.successful(), "a failed job is successful");
  finish(pool);
}

void ask_and_apply(const mp::PoolProxy& pool, const mp::AsyncResultProxy<int>& result) {
  check(result.get() == 9, "another process's result");
  mp::exit(pool.apply(mp::fn<&square>, mp::args(4)));
}

void other_processes_use_it() {
  mp::Manager manager;
  const mp::PoolProxy pool = manager.Pool(1);
  const auto result = pool.apply_async(mp::fn<&square>, mp::args(3));
  auto child = start<&ask_and_apply>("child", pool, result);
  child.join();
  check(child.exitcode() == 16, "another process's call");
  finish(pool);
}

// The job can only end once a call that comes later has been granted.
void a_wait_holds_up_nobody() {
  mp::Manager manager;
  const mp::PoolProxy pool = manager.Pool(1);
  const mp::EventProxy event = manager.Event();
  const auto result = pool.apply_async(mp::fn<&wait_for>, mp::args(event));
  auto thread = start_thread("thread", [&] { check(result.get() == 1, "the result"); });
  check_throws<mp::TimeoutError>([&] { return result.get(0s); }, "a get with a timeout");
  pool.close();
  auto other = start_thread("other", [&] { pool.join(); });
  event.set();
  thread.join();
  other.join();
}

void closing_and_terminating() {
  mp::Manager manager;
  const mp::PoolProxy pool = manager.Pool(1);
  const mp::EventProxy event = manager.Event();
  check_throws<mp::ValueError>([&] { pool.join(); }, "a join before close");
  const auto result = pool.apply_async(mp::fn<&wait_for>, mp::args(event));
  pool.terminate();
  pool.join();
  check(!result.ready(), "a terminated job is done");
  check_throws<mp::ValueError>([&] { return pool.apply_async(mp::fn<&square>, mp::args(1)); }, "a job");
}

void it_ends_with_its_server() {
  mp::Manager manager;
  const mp::EventProxy event = manager.Event();
  const mp::PoolProxy pool = manager.Pool(1);
  const auto result = pool.apply_async(mp::fn<&wait_for>, mp::args(event));
  manager.shutdown();
  check_throws<mp::Error>([&] { return result.get(); }, "the result of a server that is gone");
}

constexpr Row rows[] = {
    {"MGR-21 MGR-01", "apply_async and map_async give proxies of results", &results_are_proxies},
    {"MGR-21", "apply, map and starmap give results", &calls_return_results, Granularity::op},
    {"MGR-21", "imap and imap_unordered give proxies of iterators", &iterators_are_proxies, Granularity::op},
    {"MGR-21 MGR-07", "a function's exception is raised where its result is had", &failures_are_raised},
    {"MGR-21", "any process uses a pool and its results", &other_processes_use_it},
    {"MGR-21 MGR-02", "a call that waits for a job or the end holds up no other", &a_wait_holds_up_nobody},
    {"MGR-21", "a pool is closed and terminated as any other", &closing_and_terminating},
    {"MGR-21 MGR-17", "a pool ends with its server", &it_ends_with_its_server},
};

}  // namespace

HEDDLE_CONTRACT_ROWS(ManagedPool, rows);

}  // namespace heddle::trial
