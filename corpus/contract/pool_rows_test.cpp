// What a Pool promises of submitting and having results: the rows POOL-01 to POOL-16 of the contract that are
// about calls. How pools and their workers end is in pool_ending_rows_test.cpp.
#include <chrono>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <heddle/trial/rows.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;

int square(int number) { return number * number; }
int answer(mp::Connection& connection) {
  const int number = connection.recv<int>();
  connection.send(number + 1);
  return number;
}
int add(int one, int other) { return one + other; }
void do_nothing(int) {}
int fail_at_two(int number) {
  if (number == 2) throw mp::KeyError("two");
  return number;
}
std::string own_name() { return mp::current_process().name(); }
bool is_daemon() { return mp::current_process().daemon(); }

void finish(mp::Pool& pool) {
  pool.close();
  pool.join();
}

void refuses_bad_numbers() {
  check_throws<mp::ValueError>([] { mp::Pool(0); }, "a pool of no workers");
  check_throws<mp::ValueError>([] { mp::Pool(-1); }, "a pool of fewer");
  check_throws<mp::ValueError>([] { mp::Pool(1, {.maxtasksperchild = 0}); }, "no tasks per worker");
  check_throws<mp::ValueError>([] { mp::Pool(1, {.maxtasksperchild = -1}); }, "fewer tasks per worker");
}

void names_its_daemonic_workers() {
  mp::Pool pool(1);
  check(pool.apply(mp::fn<&own_name>) == "PoolWorker-1", "a worker's name");
  check(pool.apply(mp::fn<&is_daemon>), "a worker is not daemonic");
  finish(pool);
}

void prepare(mp::Queue<int>& told, int number) { told.put(number); }

void calls_the_initializer_in_each_worker() {
  mp::Queue<int> told;
  mp::Pool pool(2, {.initializer = mp::initializer(mp::fn<&prepare>, mp::args(told, 7))});
  check(told.get() == 7 && told.get() == 7, "an initializer was not called");
  check(pool.apply(mp::fn<&square>, mp::args(3)) == 9, "a pool with an initializer");
  finish(pool);
}

void applies() {
  mp::Pool pool(1);
  check(pool.apply(mp::fn<&square>, mp::args(7)) == 49, "apply");
  check(pool.apply_async(mp::fn<&add>, mp::args(1, 2)).get() == 3, "apply_async");
  pool.apply(mp::fn<&do_nothing>, mp::args(1));
  finish(pool);
}

void a_task_has_connections_of_its_own() {
  mp::Pool pool(1);
  auto [here, there] = mp::Pipe();
  auto [other_here, other_there] = mp::Pipe();
  const auto first = pool.apply_async(mp::fn<&answer>, mp::args(there));
  const auto second = pool.apply_async(mp::fn<&answer>, mp::args(other_there));
  there.close();
  other_there.close();
  here.send(1);
  check(here.recv<int>() == 2 && first.get() == 1, "a task with a connection");
  check_throws<mp::EOFError>([&] { return here.recv<int>(); }, "the end of a task is not that of its copy");
  other_here.send(5);
  check(other_here.recv<int>() == 6 && second.get() == 5, "the task behind it");
  finish(pool);
}

void maps_in_order() {
  mp::Pool pool(2);
  const std::vector<int> squares = pool.map(mp::fn<&square>, std::vector{1, 2, 3}, 1);
  check(squares == std::vector{1, 4, 9}, "map in order");
  finish(pool);
}

void maps_what_has_no_size() {
  mp::Pool pool(1);
  std::istringstream words("1 2 3");
  check(pool.map(mp::fn<&square>, std::ranges::istream_view<int>(words)) == std::vector{1, 4, 9},
        "a range without a size");
  const std::map<int, std::string> mapping{{2, "two"}, {5, "five"}};
  check(pool.map(mp::fn<&square>, mapping) == std::vector{4, 25}, "a mapping's keys");
  finish(pool);
}

void rejects_chunks_of_nothing() {
  mp::Pool pool(1);
  const std::vector<int> some{1};
  check_throws<mp::ValueError>([&] { return pool.map(mp::fn<&square>, some, 0); }, "map by 0");
  check_throws<mp::ValueError>([&] { return pool.map(mp::fn<&square>, some, -1); }, "map by -1");
  check_throws<mp::ValueError>([&] { return pool.imap(mp::fn<&square>, some, 0); }, "imap by 0");
  check_throws<mp::ValueError>([&] { return pool.imap_unordered(mp::fn<&square>, some, 0); }, "unordered");
  finish(pool);
}

void fails_behind_all_chunks() {
  mp::Pool pool(1);
  int called = 0;
  const auto result = pool.map_async(mp::fn<&fail_at_two>, std::vector{1, 2, 3}, 1,
                                     {.error_callback = [&](const std::exception_ptr&) { ++called; }});
  check_throws<mp::KeyError>([&] { return result.get(); }, "the failure of an element");
  check(called == 1, "the error callback is called once");
  check(!result.successful(), "a failed map is successful");
  finish(pool);
}

void iterates_in_order() {
  mp::Pool pool(2);
  auto results = pool.imap(mp::fn<&fail_at_two>, std::vector{1, 2, 3});
  check(results.next() == 1, "the first");
  check_throws<mp::KeyError>([&] { return results.next(); }, "the failure in its place");
  check(results.next() == 3, "the iteration goes on");
  check_throws<mp::StopIteration>([&] { return results.next(); }, "the end");
  check_throws<mp::StopIteration>([&] { return results.next(); }, "the end again");
  finish(pool);
}

void discards_a_failed_chunk() {
  mp::Pool pool(1);
  auto results = pool.imap(mp::fn<&fail_at_two>, std::vector{1, 2, 3, 4}, 2);
  check_throws<mp::KeyError>([&] { return results.next(); }, "the chunk's failure");
  check_throws<mp::StopIteration>([&] { return results.next(); }, "the iteration is over");
  finish(pool);
}

int wait_for(int number) {
  if (number == 1) mp::sleep(0.2s);
  return number;
}

void next_has_a_timeout() {
  mp::Pool pool(1);
  auto results = pool.imap(mp::fn<&wait_for>, std::vector{1});
  check_throws<mp::TimeoutError>([&] { return results.next(0.01s); }, "a result that has not come");
  check(results.next() == 1, "nothing is lost");
  finish(pool);
}

void takes_all_input_at_once() {
  mp::Pool pool(1);
  int taken = 0;
  const std::vector<int> numbers{1, 2, 3};
  auto results = pool.imap(mp::fn<&square>, numbers | std::views::transform([&](int each) {
                                              ++taken;
                                              return each;
                                            }));
  check(taken == 3, "the input waits for results to be taken");
  check(results.next() == 1, "the first result");
  pool.terminate();
}

int raise_at_two(int each) {
  if (each == 2) throw mp::IndexError("input");
  return each;
}

void passes_on_what_the_input_raises() {
  mp::Pool pool(1);
  const std::vector<int> numbers{1, 2, 3};
  const auto input = numbers | std::views::transform(&raise_at_two);
  check_throws<mp::IndexError>([&] { return pool.map(mp::fn<&square>, input); }, "map");
  auto results = pool.imap(mp::fn<&square>, input);
  check(results.next() == 1, "what came before");
  check_throws<mp::IndexError>([&] { return results.next(); }, "then the input's exception");
  check_throws<mp::StopIteration>([&] { return results.next(); }, "then the end");
  finish(pool);
}

void unpacks_and_does_not_order() {
  mp::Pool pool(2);
  const std::vector<std::tuple<int, int>> pairs{{1, 2}, {3, 4}};
  check(pool.starmap(mp::fn<&add>, pairs, 1) == std::vector{3, 7}, "starmap");
  int sum = 0;
  for (const int each : pool.imap_unordered(mp::fn<&square>, std::vector{1, 2, 3})) sum += each;
  check(sum == 14, "imap_unordered gives each once");
  finish(pool);
}

void maps_nothing() {
  mp::Pool pool(1);
  const std::vector<int> nothing;
  int called = 0;
  const auto count = [&](const std::vector<int>&) { ++called; };
  const auto result = pool.map_async(mp::fn<&square>, nothing, std::nullopt, {.callback = count});
  check(result.ready() && result.get().empty() && called == 0, "a map of nothing");
  check(pool.map(mp::fn<&square>, nothing).empty(), "a map of nothing, at once");
  check_throws<mp::StopIteration>([&] { return pool.imap(mp::fn<&square>, nothing).next(); }, "imap");
  finish(pool);
}

const Row rows[] = {
    {"POOL-01", "numbers below 1 are refused", &refuses_bad_numbers},
    {"POOL-01", "workers are daemonic and named by number", &names_its_daemonic_workers},
    {"POOL-01", "the initializer runs in each worker", &calls_the_initializer_in_each_worker},
    {"POOL-06", "apply gives what the function gives", &applies},
    {"POOL-06 PIPE-25", "a task has copies of the Connections among its arguments",
     &a_task_has_connections_of_its_own},
    {"POOL-07", "map gives results in the order of the input", &maps_in_order},
    {"POOL-07", "map lists what has no size and iterates keys", &maps_what_has_no_size},
    {"POOL-09", "chunks of nothing are refused", &rejects_chunks_of_nothing},
    {"POOL-10", "a failed map raises the failure behind all chunks", &fails_behind_all_chunks},
    {"POOL-11", "imap raises in place and goes on", &iterates_in_order},
    {"POOL-11", "a failed chunk of several ends the iteration", &discards_a_failed_chunk},
    {"POOL-12", "next takes a timeout and loses nothing", &next_has_a_timeout},
    {"POOL-13", "imap takes its input without being asked for results", &takes_all_input_at_once},
    {"POOL-14", "what the input raises is raised", &passes_on_what_the_input_raises},
    {"POOL-15", "starmap unpacks, imap_unordered gives each result once", &unpacks_and_does_not_order},
    {"POOL-18", "a map of nothing is done at once, without a callback", &maps_nothing},
};

HEDDLE_CONTRACT_ROWS(Pool, rows);

}  // namespace
}  // namespace heddle::trial
