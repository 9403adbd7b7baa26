// The program clock promises no more than what the kernel made true: every edge of it is an edge of the os
// clock. That without locks knows less.
#include <gtest/gtest.h>

#include <heddle/oracles/registry.hpp>
#include <heddle/strategies/registry.hpp>
#include <heddle/worlds/sim/world.hpp>
#include <mp/multiprocessing.hpp>
#include <optional>
#include <vector>

namespace heddle {
namespace {

// Compares the two clocks at the end of every outermost operation of a user task.
class Comparison final : public Oracle {
 public:
  EventMask interests() const override {
    return mask_of(EventKind::operation_begun) | mask_of(EventKind::operation_ended);
  }
  void begin() override { begun_.clear(); }

  void observe(const Event& event, const Situation& situation, Findings&) override {
    if (situation.tasks[event.task].role != mp::Role::user) return;
    if (event.kind == EventKind::operation_begun) {
      begun_.push_back({event.operation, situation.clock.now(event.task),
                        situation.clock_without_locks.now(event.task), situation.os_clock.now(event.task)});
      return;
    }
    for (const Begun& earlier : begun_) {
      if (situation.clock_without_locks.of(event.task).knows(earlier.without_locks)) {
        ++edges_without_locks_;
        if (!situation.clock.of(event.task).knows(earlier.program)) ++invented_;
      }
      if (!situation.clock.of(event.task).knows(earlier.program)) continue;
      ++edges_;
      if (!situation.os_clock.of(event.task).knows(earlier.os)) ++missing_;
    }
  }

  std::uint64_t edges() const { return edges_; }
  std::uint64_t missing() const { return missing_; }
  std::uint64_t edges_without_locks() const { return edges_without_locks_; }
  std::uint64_t invented() const { return invented_; }

 private:
  struct Begun {
    OperationIndex operation;
    Epoch program;
    Epoch without_locks;
    Epoch os;
  };
  std::vector<Begun> begun_;
  std::uint64_t edges_ = 0;
  std::uint64_t missing_ = 0;
  std::uint64_t edges_without_locks_ = 0;
  std::uint64_t invented_ = 0;
};

void worker(mp::JoinableQueue<int>& tasks, mp::Lock& lock, mp::Value<int>& sum, mp::Connection& answers,
            mp::Event& ready, mp::Barrier& line) {
  for (int i = 0; i < 2; ++i) {
    const int task = tasks.get();
    {
      const mp::With held(lock);
      sum.value() += task;
    }
    tasks.task_done();
  }
  line.wait();
  ready.set();
  line.wait();
  answers.send(1);
  answers.close();
}

void everything() {
  mp::JoinableQueue<int> tasks;
  mp::Lock lock;
  mp::Value<int> sum(0);
  auto [receiver, sender] = mp::Pipe(mp::Duplex::no);
  mp::Condition changed;
  mp::Event ready;
  mp::Barrier line(2);
  bool done = false;
  mp::Process process(mp::fn<&worker>, mp::args(tasks, lock, sum, sender, ready, line), {.name = "worker"});
  process.start();
  sender.close();
  mp::Thread thread(
      [&] {
        const mp::With held(changed);
        done = true;
        changed.notify();
      },
      {.name = "setter"});
  thread.start();
  tasks.put(1);
  tasks.put(2);
  {
    const mp::With held(changed);
    while (!done) changed.wait();
  }
  tasks.join();
  line.wait();
  ready.wait();
  EXPECT_TRUE(ready.is_set());
  line.wait();
  while (!receiver.poll(std::nullopt)) continue;
  static_cast<void>(receiver.recv<int>());
  mp::wait({mp::Waitable(receiver)});
  EXPECT_THROW(receiver.recv<int>(), mp::EOFError);
  mp::wait({mp::Waitable(process.sentinel())});
  thread.join();
  process.join();
}

TEST(Clocks, TheProgramClockIsASubsetOfTheOsClock) {
  const auto world = sim::make_world();
  const auto strategy = strategies().front().make(5);
  std::vector<std::unique_ptr<Oracle>> watching;
  watching.push_back(std::make_unique<Comparison>());
  const auto& comparison = static_cast<const Comparison&>(*watching.front());
  for (const Granularity granularity : {Granularity::op, Granularity::os}) {
    for (std::uint64_t i = 0; i < 300; ++i) {
      strategy->begin(i);
      const Execution& execution =
          world->run({.name = "everything", .body = everything}, {.granularity = granularity}, *strategy,
                     watching, Record::history);
      ASSERT_EQ(execution.ending, Ending::complete);
    }
  }
  EXPECT_GT(comparison.edges(), 10'000U);
  EXPECT_EQ(comparison.missing(), 0U);
  EXPECT_EQ(comparison.invented(), 0U);
  EXPECT_GT(comparison.edges_without_locks(), 10'000U);
  EXPECT_LT(comparison.edges_without_locks(), comparison.edges());
}

}  // namespace
}  // namespace heddle
