// Classes of the program's own in a manager's server, and objects that all clients share. On the real Os.
#include <mp/manager/managed_class.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <mp/manager/manager.hpp>
#include <mp/process/process.hpp>
#include <mp/sync/event.hpp>

namespace mp {
namespace {

struct Tally {
  int next(int step) { return value += step; }
  int get() const { return value; }
  void fail(const std::string& words) { throw KeyError(words); }
  void fail_strangely() { throw 3; }
  int secret() { return 42; }
  int value = 0;
};

struct Strict {
  explicit Strict(int value) {
    if (value < 0) throw ValueError("negative");
  }
};

}  // namespace

template <>
struct managed_class<Tally> {
  using constructor = Constructor<int>;
  static constexpr auto methods =
      mp::methods(method<&Tally::next>("next"), method<&Tally::get>("get"), method<&Tally::fail>("fail"),
                  method<&Tally::fail_strangely>("fail_strangely"));
};

template <>
struct managed_class<Strict> {
  using constructor = Constructor<int>;
  static constexpr auto methods = mp::methods();
};

namespace {

Manager with_classes() {
  Manager manager({.start = ManagerOptions::Start::later});
  manager.register_class<Tally>("Counter");
  manager.register_class<Strict>("Strict");
  manager.register_shared("tasks", "Queue", 0);
  manager.start();
  return manager;
}

TEST(ManagedClass, IsCalledByItsMethods) {
  Manager manager = with_classes();
  const auto counter = manager.create<Tally>("Counter", 5);
  EXPECT_EQ(counter.call<&Tally::next>(2), 7);
  EXPECT_EQ(counter.call<&Tally::get>(), 7);
  EXPECT_EQ(counter.call_named<int>("next", 1), 8);
}

TEST(ManagedClass, ThrowsItsExceptionsWhereItIsCalled) {
  Manager manager = with_classes();
  const auto counter = manager.create<Tally>("Counter", 0);
  EXPECT_THROW(counter.call<&Tally::fail>("key"), KeyError);
  EXPECT_THROW(counter.call<&Tally::fail_strangely>(), RemoteError);
  EXPECT_EQ(counter.call<&Tally::get>(), 0);
}

TEST(ManagedClass, HidesWhatItDoesNotName) {
  Manager manager = with_classes();
  const auto counter = manager.create<Tally>("Counter", 0);
  EXPECT_THROW(counter.call_named<int>("secret"), RemoteError);
  EXPECT_THROW(counter.call_named<int>("next"), RemoteError);
  EXPECT_THROW(counter.call_named<int>("next", std::string("1")), RemoteError);
}

TEST(ManagedClass, IsNotMadeIfItsConstructorThrowsOrNobodyKnowsIt) {
  Manager manager = with_classes();
  EXPECT_THROW(manager.create<Strict>("Strict", -1), RemoteError);
  EXPECT_THROW(manager.create<Tally>("Kounter", 1), RemoteError);
  EXPECT_THROW(manager.register_class<Tally>("Late"), AssertionError);
}

void count_many(ObjectProxy<Tally>& counter) {
  for (int i = 0; i < 100; ++i) counter.call<&Tally::next>(1);
}

TEST(ManagedClass, LosesNoCallOfManyProcesses) {
  Manager manager = with_classes();
  auto counter = manager.create<Tally>("Counter", 0);
  std::vector<Process> processes;
  for (int i = 0; i < 3; ++i) processes.emplace_back(fn<&count_many>, args(counter));
  for (Process& process : processes) process.start();
  for (Process& process : processes) process.join();
  EXPECT_EQ(counter.call<&Tally::get>(), 300);
}

TEST(SharedObject, IsTheSameForAll) {
  Manager manager = with_classes();
  const auto first = manager.shared<QueueProxy<int>>("tasks");
  {
    const auto second = manager.shared<QueueProxy<int>>("tasks");
    second.put(3);
  }
  EXPECT_EQ(first.get(), 3);
  EXPECT_THROW(manager.shared<QueueProxy<int>>("task"), RemoteError);
}

}  // namespace
}  // namespace mp
