// Hand-overs as coverage: what the counters tell apart, and what they do not.
#include <gtest/gtest.h>

#include <algorithm>
#include <heddle/engine/handoffs.hpp>
#include <vector>

namespace heddle {
namespace {

using mp::Verb;
using Counters = std::vector<std::uint8_t>;

constexpr TaskIndex first = 1;
constexpr TaskIndex second = 2;

/// Main with two children, and two locks.
class History {
 public:
  History() {
    for (const char* name : {"main", "first", "second"}) add_task(name);
    for (const ThingId id : {70U, 80U}) situation_.objects[situation_.objects.add()].id = id;
  }
  History& operation(TaskIndex task, Verb verb, ObjectIndex object) {
    OperationRow& row = situation_.operations[situation_.operations.add()];
    row.task = task;
    row.verb = verb;
    row.object = object;
    return *this;
  }
  Counters counters() const {
    Counters counters(4'096);
    Handoffs().count(situation_, counters);
    return counters;
  }
  const Situation& situation() const { return situation_; }

 private:
  void add_task(const char* name) {
    TaskRow& row = situation_.tasks[situation_.tasks.add()];
    row.name = name;
    row.ordinal = 1;
    row.parent = situation_.tasks.size() == 1 ? no_task : 0;
  }
  Situation situation_;
};

int raised(const Counters& counters) {
  int sum = 0;
  for (const std::uint8_t counter : counters) sum += counter;
  return sum;
}

TEST(Handoffs, AreBetweenTwoTasksOnOneObject) {
  EXPECT_EQ(raised(History().counters()), 0);
  EXPECT_EQ(
      raised(History().operation(first, Verb::acquire, 0).operation(first, Verb::release, 0).counters()), 0);
  EXPECT_EQ(
      raised(History().operation(first, Verb::acquire, 0).operation(second, Verb::acquire, 1).counters()), 0);
  EXPECT_EQ(
      raised(History().operation(first, Verb::release, 0).operation(second, Verb::acquire, 0).counters()), 1);
}

TEST(Handoffs, AreAboutNoOrderOfDifferentObjects) {
  const Counters one = History()
                           .operation(first, Verb::acquire, 0)
                           .operation(second, Verb::acquire, 0)
                           .operation(first, Verb::acquire, 1)
                           .operation(second, Verb::acquire, 1)
                           .counters();
  const Counters other = History()
                             .operation(first, Verb::acquire, 1)
                             .operation(first, Verb::acquire, 0)
                             .operation(second, Verb::acquire, 1)
                             .operation(second, Verb::acquire, 0)
                             .counters();
  EXPECT_EQ(raised(one), 2);
  EXPECT_EQ(one, other);
}

TEST(Handoffs, TellTasksObjectsAndVerbsApart) {
  const auto hand_over = [](TaskIndex from, TaskIndex to, Verb verb, ObjectIndex object) {
    return History().operation(from, Verb::release, object).operation(to, verb, object).counters();
  };
  const Counters one = hand_over(first, second, Verb::acquire, 0);
  EXPECT_EQ(one, hand_over(first, second, Verb::acquire, 0));
  EXPECT_NE(one, hand_over(second, first, Verb::acquire, 0));
  EXPECT_NE(one, hand_over(first, second, Verb::release, 0));
  EXPECT_NE(one, hand_over(first, second, Verb::acquire, 1));
}

TEST(Handoffs, NeverComeBackToNought) {
  History history;
  for (int i = 0; i < 300; ++i)
    history.operation(first, Verb::release, 0).operation(second, Verb::release, 0);
  const Counters counters = history.counters();
  EXPECT_EQ(std::ranges::max(counters), 255);
  EXPECT_EQ(raised(counters), 2 * 255);
}

TEST(Handoffs, NeedNoCounters) { Handoffs().count(History().situation(), {}); }

}  // namespace
}  // namespace heddle
