// A doctest test of everything that a program may come to: the body records what it sees, and the test
// compares the set of all that was seen over all interleavings.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include <heddle/api/heddle.hpp>
#include <heddle/api/text_report.hpp>
#include <mp/multiprocessing.hpp>
#include <set>
#include <string>

namespace {

void produce(mp::Queue<int>& items, int item) { items.put(item); }

void two_producers() {
  mp::Queue<int> items(0, {.name = "items"});
  mp::Process one(mp::fn<&produce>, mp::args(items, 1), {.name = "one"});
  mp::Process two(mp::fn<&produce>, mp::args(items, 2), {.name = "two"});
  one.start();
  two.start();
  const int first = items.get();
  const int second = items.get();
  one.join();
  two.join();
  heddle::outcome(first);
  heddle::outcome(second);
}

TEST_CASE("items of two producers come in either order") {
  const heddle::Result result = heddle::explore(&two_producers, {}, "two-producers");
  const std::string report =
      heddle::text_report(result, {.scenario = "two-producers", .replay_command = "HEDDLE_REPLAY"});
  INFO(report);
  CHECK(std::holds_alternative<heddle::Passed>(result.verdict));
  CHECK(result.outcomes == std::set<std::string>{"1, 2", "2, 1"});
}

}  // namespace
