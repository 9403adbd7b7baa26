// A pool on the real operating system: what it computes, and what becomes of it when something ends early.
#include <mp/pool/pool.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include <mp/channel/pipe.hpp>
#include <mp/process/current_process.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;

int square(int number) { return number * number; }
int add(int one, int other) { return one + other; }
std::string joined(const std::string& one, std::string other) { return one + other; }
void do_nothing(int) {}
int fail_at_three(int number) {
  if (number == 3) throw KeyError("three");
  return number;
}
std::int32_t own_pid() { return static_cast<std::int32_t>(current_process().pid()); }
int leave(int status) { exit_now(status); }
int leave_politely(int status) { exit(status); }
void sleep_long() { sleep(100s); }

TEST(Pool, AppliesAFunction) {
  Pool pool(2);
  EXPECT_EQ(pool.apply(fn<&square>, args(7)), 49);
  EXPECT_EQ(pool.apply(fn<&joined>, args("a", "b")), "ab");
  pool.apply(fn<&do_nothing>, args(1));
  pool.close();
  pool.join();
}

using Numbered = std::tuple<int, Connection>;
int tell(const Numbered& numbered_end) {
  const auto& [number, end] = numbered_end;
  const_cast<Connection&>(end).send(number);
  return number;
}
int two(const Connection& one, const Connection& other) {
  return one.is_closed() || other.is_closed() ? 0 : 2;
}

/// The number that the next descriptor would get: equal before and after means that none is left open.
Descriptor lowest_free() {
  const Descriptor fd = os().duplicate(0).value();
  static_cast<void>(os().close(fd));
  return fd;
}

TEST(Pool, TakesConnectionsAlongWithItsTasks) {
  Pool pool(2);
  auto [receiver, sender] = Pipe(Duplex::no);
  const Descriptor free = lowest_free();
  EXPECT_EQ(pool.apply(fn<&two>, args(receiver, sender)), 2);
  std::vector<Numbered> ends;
  for (int i = 0; i < 8; ++i) ends.emplace_back(i, Connection(os().duplicate(sender.fileno()).value()));
  sender.close();
  const auto sent = pool.map_async(fn<&tell>, ends, 3);
  ends.clear();
  int sum = 0;
  for (int i = 0; i < 8; ++i) sum += receiver.recv<int>();
  EXPECT_EQ(sum, 28);
  EXPECT_EQ(sent.get().size(), 8U);
  EXPECT_THROW(receiver.recv<int>(), EOFError);
  pool.close();
  pool.join();
  EXPECT_LE(lowest_free(), free);
}

TEST(Pool, DropsConnectionsOfTasksThatItDrops) {
  auto [receiver, sender] = Pipe(Duplex::no);
  {
    Pool pool(1);
    const auto busy = pool.apply_async(fn<&sleep_long>, args());
    const auto dropped = pool.apply_async(fn<&two>, args(sender, sender));
    sender.close();
    pool.terminate();
  }
  EXPECT_THROW(receiver.recv<int>(), EOFError);
}

TEST(Pool, MapsInTheOrderOfTheInput) {
  Pool pool(3);
  std::vector<int> numbers(1000);
  std::iota(numbers.begin(), numbers.end(), 0);
  const std::vector<int> squares = pool.map(fn<&square>, numbers);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(squares[static_cast<std::size_t>(i)], i * i);
  EXPECT_EQ(pool.map(fn<&square>, std::vector<int>{}), std::vector<int>{});
  pool.terminate();
}

TEST(Pool, UnpacksTuples) {
  Pool pool(2);
  const std::vector<std::tuple<int, int>> pairs{{1, 2}, {3, 4}, {5, 6}};
  EXPECT_EQ(pool.starmap(fn<&add>, pairs), (std::vector{3, 7, 11}));
  pool.terminate();
}

TEST(Pool, GivesResultsLater) {
  Pool pool(2);
  const AsyncResult<int> result = pool.apply_async(fn<&square>, args(5));
  EXPECT_EQ(result.get(20s), 25);
  EXPECT_EQ(result.get(), 25);
  EXPECT_TRUE(result.ready());
  EXPECT_TRUE(result.successful());
  pool.terminate();
}

TEST(Pool, RaisesWhatTheFunctionRaises) {
  Pool pool(2);
  EXPECT_THROW(pool.apply(fn<&fail_at_three>, args(3)), KeyError);
  EXPECT_THROW(pool.map(fn<&fail_at_three>, std::vector{1, 2, 3, 4}, 1), KeyError);
  EXPECT_EQ(pool.apply(fn<&fail_at_three>, args(4)), 4);
  pool.terminate();
}

TEST(Pool, IteratesInOrder) {
  Pool pool(2);
  std::vector<int> seen;
  for (const int each : pool.imap(fn<&square>, std::vector{1, 2, 3, 4, 5}, 2)) seen.push_back(each);
  EXPECT_EQ(seen, (std::vector{1, 4, 9, 16, 25}));
  pool.terminate();
}

TEST(Pool, RunsCallbacksBeforeTheResultIsThere) {
  Pool pool(2);
  int told = 0;
  const auto result =
      pool.apply_async(fn<&square>, args(6), {.callback = [&](const int& value) { told = value; }});
  EXPECT_EQ(result.get(), 36);
  EXPECT_EQ(told, 36);
  pool.terminate();
}

TEST(Pool, FailsTheJobOfAWorkerThatEnds) {
  Pool pool(2);
  try {
    pool.apply(fn<&leave>, args(7));
    FAIL();
  } catch (const WorkerLost& lost) {
    EXPECT_EQ(lost.exitcode(), 7);
  }
  EXPECT_THROW(pool.apply(fn<&leave_politely>, args(3)), WorkerLost);
  EXPECT_EQ(pool.map(fn<&square>, std::vector{1, 2, 3}), (std::vector{1, 4, 9}));
  pool.close();
  pool.join();
}

TEST(Pool, ReplacesWorkersThatHaveDoneTheirTasks) {
  Pool pool(1, {.maxtasksperchild = 2});
  std::vector<std::int32_t> pids;
  for (int i = 0; i < 4; ++i) pids.push_back(pool.apply(fn<&own_pid>));
  EXPECT_EQ(pids[0], pids[1]);
  EXPECT_NE(pids[1], pids[2]);
  EXPECT_EQ(pids[2], pids[3]);
  pool.close();
  pool.join();
}

void raise_at_once() { throw ValueError("not today"); }

TEST(Pool, BreaksIfItsInitializerKeepsRaising) {
  Pool pool(2, {.initializer = initializer(fn<&raise_at_once>)});
  EXPECT_THROW(pool.apply(fn<&square>, args(1)), BrokenPool);
  EXPECT_THROW(pool.apply(fn<&square>, args(1)), BrokenPool);
  pool.close();
  pool.join();
}

void close_everything() {
  for (Descriptor fd = 3; fd < 64; ++fd) static_cast<void>(os().close(fd));
  sleep_long();
}

// The end of its pipe is seen before its own end.
TEST(Pool, BreaksIfItsWorkersLetGoBeforeTheyAreReady) {
  Pool pool(2, {.initializer = initializer(fn<&close_everything>)});
  EXPECT_THROW(pool.apply(fn<&square>, args(1)), BrokenPool);
  pool.terminate();
}

TEST(Pool, TerminatesWithManyTasksPending) {
  Pool pool(3);
  std::vector<AsyncResult<std::monostate>> results;
  for (int i = 0; i < 10'000; ++i) results.push_back(pool.apply_async(fn<&sleep_long>, args()));
  const auto begun = std::chrono::steady_clock::now();
  pool.terminate();
  pool.join();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
  EXPECT_FALSE(results[0].ready());
  EXPECT_THROW(results[9999].get(0.01s), TimeoutError);
}

void ignore_terminate() { ::signal(SIGTERM, SIG_IGN); }

TEST(Pool, TerminatesWorkersThatDoNotWantTo) {
  Pool pool(2, {.initializer = initializer(fn<&ignore_terminate>)});
  pool.apply(fn<&square>, args(1));
  const auto unfinished = pool.apply_async(fn<&sleep_long>, args());
  pool.terminate();
  EXPECT_FALSE(unfinished.ready());
}

TEST(Pool, ClosedFinishesWhatWasSubmitted) {
  Pool pool(2);
  std::vector<AsyncResult<int>> results;
  for (int i = 0; i < 100; ++i) results.push_back(pool.apply_async(fn<&square>, args(i)));
  EXPECT_THROW(pool.join(), ValueError);
  pool.close();
  EXPECT_THROW(pool.apply(fn<&square>, args(1)), ValueError);
  pool.join();
  for (int i = 0; i < 100; ++i) EXPECT_EQ(results[static_cast<std::size_t>(i)].get(0s), i * i);
}

Pool* inherited = nullptr;

void use_inherited() {
  try {
    inherited->apply(fn<&square>, args(1));
  } catch (const RuntimeError&) {
    exit(7);
  }
}

// POOL-26
TEST(Pool, IsOfNoUseInAnotherProcess) {
  Pool pool(1);
  inherited = &pool;
  Process child(fn<&use_inherited>);
  child.start();
  child.join();
  EXPECT_EQ(child.exitcode(), 7);
  EXPECT_EQ(pool.apply(fn<&square>, args(3)), 9);
  pool.terminate();
}

std::size_t size_of(const std::string& text) { return text.size(); }
std::string repeated(std::size_t count) { return std::string(count, 'x'); }

TEST(Pool, MovesTasksAndResultsThatNoPipeHolds) {
  Pool pool(2);
  EXPECT_EQ(pool.apply(fn<&size_of>, args(std::string(3'000'000, 'x'))), 3'000'000U);
  EXPECT_EQ(pool.apply(fn<&repeated>, args(3'000'000)).size(), 3'000'000U);
  pool.terminate();
}

TEST(Pool, TerminatesWhileItHandsOutMoreThanAStoppedWorkerReads) {
  Pool pool(1);
  for (const ProcessHandle& worker : active_children()) worker.stop();
  const auto result = pool.apply_async(fn<&size_of>, args(std::string(3'000'000, 'x')));
  result.wait(0.05s);
  pool.terminate();
  EXPECT_FALSE(result.ready());
}

TEST(Pool, ChunksByTheFormula) {
  EXPECT_EQ(detail::chunk_for(std::nullopt, 12, 3), 1U);  // POOL-08
  EXPECT_EQ(detail::chunk_for(std::nullopt, 13, 3), 2U);
  EXPECT_EQ(detail::chunk_for(std::nullopt, 25, 3), 3U);
  EXPECT_EQ(detail::chunk_for(std::nullopt, 100, 3), 9U);
  EXPECT_EQ(detail::chunk_for(7, 100, 3), 7U);
  EXPECT_THROW(detail::chunk_for(0, 100, 3), ValueError);
}

}  // namespace
}  // namespace mp
