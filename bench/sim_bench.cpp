// What a simulated execution costs: the switch between fibers alone, a choice, the smallest program with
// two tasks, a bounded buffer under three settings and explored, and a queue between two processes. Each
// benchmark of whole executions gives executions/s, ns/step and the steps of an execution; a step is an Os
// call.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <chrono>
#include <heddle/api/heddle.hpp>
#include <heddle/core/world.hpp>
#include <heddle/oracles/registry.hpp>
#include <heddle/strategies/registry.hpp>
#include <heddle/worlds/sim/fiber.hpp>
#include <heddle/worlds/sim/world.hpp>
#include <memory>
#include <mp/multiprocessing.hpp>
#include <string_view>
#include <utility>
#include <vector>

namespace {

constexpr std::size_t stack_bytes = 64 * 1024;

struct Pair {
  heddle::sim::Fiber outside;
  heddle::sim::Fiber inside{stack_bytes};
};

void bounce(void* argument) {
  auto& pair = *static_cast<Pair*>(argument);
  while (true) pair.inside.switch_to(pair.outside);
}

// There and back: two switches.
void fiber_switch(benchmark::State& state) {
  Pair pair;
  pair.inside.start(&bounce, &pair);
  for ([[maybe_unused]] const auto round : state) pair.outside.switch_to(pair.inside);
  pair.inside.abandon(pair.outside);
  state.SetItemsProcessed(2 * state.iterations());
}
BENCHMARK(fiber_switch);

// Which oracles watch: all, none, or the one of that name.
using Watch = std::string_view;
constexpr Watch all_oracles = "all";
constexpr Watch nobody = "";

struct Totals {
  std::uint64_t executions = 0;
  std::uint64_t steps = 0;
  std::chrono::duration<double, std::nano> time{};
};

Totals run_program(benchmark::State& state, const heddle::Program& program, heddle::Granularity granularity,
                   Watch watch) {
  const std::unique_ptr<heddle::World> world = heddle::sim::make_world();
  const std::unique_ptr<heddle::Strategy> strategy = heddle::strategy("random")->make(1);
  std::vector<std::unique_ptr<heddle::Oracle>> oracles;
  for (const heddle::OracleRow& row : heddle::oracles())
    if (watch == all_oracles || watch == row.name) oracles.push_back(row.make());
  heddle::RunOptions options;
  options.granularity = granularity;

  Totals totals;
  const auto started = std::chrono::steady_clock::now();
  for ([[maybe_unused]] const auto round : state) {
    strategy->begin(totals.executions++);
    const heddle::Execution& execution =
        world->run(program, options, *strategy, oracles, heddle::Record::nothing);
    strategy->end();
    totals.steps += execution.steps;
    if (!execution.findings.empty()) state.SkipWithError("the program has a finding");
  }
  totals.time = std::chrono::steady_clock::now() - started;
  return totals;
}

// A rate that is inverted would be printed as seconds, so nanoseconds are computed here.
void count(benchmark::State& state, const Totals& totals) {
  using benchmark::Counter;
  const auto executions = static_cast<double>(totals.executions);
  const auto steps = static_cast<double>(totals.steps);
  state.counters["executions/s"] = Counter(executions, Counter::kIsRate);
  state.counters["ns/step"] = totals.time.count() / steps;
  state.counters["steps"] = Counter(steps, Counter::kAvgIterations);
}

constexpr int choices_per_execution = 1'000;

void choose(benchmark::State& state) {
  const heddle::Program program{.name = "choose", .body = [] {
                                  for (int i = 0; i < choices_per_execution; ++i)
                                    benchmark::DoNotOptimize(heddle::choose(2));
                                }};
  run_program(state, program, heddle::Granularity::op, nobody);
  state.SetItemsProcessed(choices_per_execution * state.iterations());
}
BENCHMARK(choose);

void two_empty_tasks(benchmark::State& state) {
  const heddle::Program program{.name = "two-empty-tasks", .body = [] {
                                  mp::Thread other([] {}, {.name = "other"});
                                  other.start();
                                  other.join();
                                }};
  count(state, run_program(state, program, heddle::Granularity::op, nobody));
}
BENCHMARK(two_empty_tasks);

// Two threads, three times each: the lock, an increment, the lock given back.
void increment_locked() {
  constexpr int times = 3;
  mp::Lock lock({.name = "lock"});
  int count = 0;
  const auto increment = [&] {
    for (int i = 0; i < times; ++i) {
      const mp::With held(lock);
      ++count;
    }
  };
  mp::Thread one(increment, {.name = "one"});
  mp::Thread other(increment, {.name = "other"});
  one.start();
  other.start();
  one.join();
  other.join();
}

void locked_increments(benchmark::State& state, Watch watch) {
  const heddle::Program program{.name = "locked-increments", .body = &increment_locked};
  count(state, run_program(state, program, heddle::Granularity::op, watch));
}
BENCHMARK_CAPTURE(locked_increments, with_oracles, all_oracles);
BENCHMARK_CAPTURE(locked_increments, without_oracles, nobody);

// Two tasks, five times each: one more on a word that both know.
void add_to_a_word() {
  constexpr int times = 5;
  mp::Word word;
  const auto add = [&] {
    mp::Os& os = mp::os();
    for (int i = 0; i < times; ++i) os.fetch_add(word, 1);
  };
  mp::Thread other(add, {.name = "other"});
  other.start();
  add();
  other.join();
}

void fetch_adds(benchmark::State& state, Watch watch) {
  const heddle::Program program{.name = "fetch-adds", .body = &add_to_a_word};
  count(state, run_program(state, program, heddle::Granularity::os, watch));
}
BENCHMARK_CAPTURE(fetch_adds, with_oracles, all_oracles);
BENCHMARK_CAPTURE(fetch_adds, without_oracles, nobody);

class BoundedBuffer {
 public:
  void put(int item) {
    mp::With held(lock_);
    not_full_.wait_for([this] { return items_.size() < capacity; });
    items_.push_back(item);
    not_empty_.notify();
  }
  int get() {
    mp::With held(lock_);
    not_empty_.wait_for([this] { return !items_.empty(); });
    const int item = items_.front();
    items_.erase(items_.begin());
    not_full_.notify();
    return item;
  }

 private:
  static constexpr std::size_t capacity = 2;
  mp::Lock lock_{{.name = "lock"}};
  mp::Condition not_full_{lock_, {.name = "not-full"}};
  mp::Condition not_empty_{lock_, {.name = "not-empty"}};
  std::vector<int> items_;
};

// Two producers and two consumers, five operations each, on a buffer for two items.
void use_bounded_buffer() {
  constexpr int operations = 5;
  BoundedBuffer buffer;
  const auto produce = [&buffer] {
    for (int i = 0; i < operations; ++i) buffer.put(i);
  };
  const auto consume = [&buffer] {
    for (int i = 0; i < operations; ++i) buffer.get();
  };
  mp::Thread producer_1(produce, {.name = "producer-1"});
  mp::Thread producer_2(produce, {.name = "producer-2"});
  mp::Thread consumer_1(consume, {.name = "consumer-1"});
  mp::Thread consumer_2(consume, {.name = "consumer-2"});
  mp::Thread* const all[] = {&producer_1, &producer_2, &consumer_1, &consumer_2};
  for (mp::Thread* thread : all) thread->start();
  for (mp::Thread* thread : all) thread->join();
}

void bounded_buffer(benchmark::State& state, heddle::Granularity granularity, Watch watch) {
  const heddle::Program program{.name = "bounded-buffer", .body = &use_bounded_buffer};
  count(state, run_program(state, program, granularity, watch));
}
BENCHMARK_CAPTURE(bounded_buffer, op_with_oracles, heddle::Granularity::op, all_oracles);
BENCHMARK_CAPTURE(bounded_buffer, os_with_oracles, heddle::Granularity::os, all_oracles);
BENCHMARK_CAPTURE(bounded_buffer, os_without_oracles, heddle::Granularity::os, nobody);

// What each oracle costs alone.
void register_each_oracle() {
  for (const heddle::OracleRow& row : heddle::oracles())
    benchmark::RegisterBenchmark(fmt::format("bounded_buffer/os_with_{}", row.name).c_str(),
                                 [watch = row.name](benchmark::State& state) {
                                   bounded_buffer(state, heddle::Granularity::os, watch);
                                 });
}

// The same with all that an exploration keeps: distinct interleavings, orders of operations, what was
// promised.
void bounded_buffer_explored(benchmark::State& state) {
  constexpr std::uint64_t executions = 20'000;
  heddle::Options options;
  options.strategy = "random";
  options.budget.executions = executions;
  std::uint64_t made = 0;
  for ([[maybe_unused]] const auto round : state) {
    options.seed = ++made;
    if (!std::holds_alternative<heddle::Passed>(heddle::explore(&use_bounded_buffer, options).verdict))
      state.SkipWithError("the program has a finding");
  }
  state.counters["executions/s"] =
      benchmark::Counter(static_cast<double>(made * executions), benchmark::Counter::kIsRate);
}
BENCHMARK(bounded_buffer_explored)->Unit(benchmark::kMillisecond);

void put_five(mp::Queue<int>& queue) {
  for (int item = 0; item < 5; ++item) queue.put(item);
}

void queue_between_processes(benchmark::State& state) {
  const heddle::Program program{.name = "queue", .body = [] {
                                  mp::Queue<int> queue(0, {.name = "queue"});
                                  mp::Process producer(mp::fn<&put_five>, mp::args(queue),
                                                       {.name = "producer"});
                                  producer.start();
                                  for (int item = 0; item < 5; ++item) queue.get();
                                  producer.join();
                                }};
  count(state, run_program(state, program, heddle::Granularity::op, all_oracles));
}
BENCHMARK(queue_between_processes);

// What a step costs among many: each of so many processes takes a lock, twenty times.
void take_in_turn(mp::Lock& lock) {
  constexpr int times = 20;
  for (int i = 0; i < times; ++i) const mp::With held(lock);
}

void crowd(benchmark::State& state, Watch watch) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const heddle::Program program{.name = "crowd", .body = [size] {
                                  mp::Lock lock({.name = "lock"});
                                  std::vector<mp::Process> processes;
                                  for (std::size_t i = 0; i < size; ++i)
                                    processes.emplace_back(mp::fn<&take_in_turn>, mp::args(lock));
                                  for (mp::Process& each : processes) each.start();
                                  for (mp::Process& each : processes) each.join();
                                }};
  count(state, run_program(state, program, heddle::Granularity::op, watch));
}
BENCHMARK_CAPTURE(crowd, with_oracles, all_oracles)->RangeMultiplier(4)->Range(2, 256);
BENCHMARK_CAPTURE(crowd, without_oracles, nobody)->RangeMultiplier(4)->Range(2, 256);

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 4;
  register_each_oracle();
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
