// Orders as text and as turns, and a port that is driven by one.
#include <gtest/gtest.h>

#include <heddle/conform/port.hpp>
#include <heddle/conform/suite.hpp>
#include <heddle/conform/turns.hpp>

namespace heddle::conform {
namespace {

std::vector<Exchange> trace_of(const std::vector<std::string>& processes) {
  std::vector<Exchange> trace;
  for (const std::string& each : processes) trace.push_back({.process = each});
  return trace;
}

TEST(Order, IsReadAsItWasWritten) {
  const std::vector<std::string> order{"main", "main", "w-1", "main", "w-2", "w-2"};
  EXPECT_EQ(turns_text(trace_of(order)), "main:2,w-1,main,w-2:2");
  EXPECT_EQ(turns_in(turns_text(trace_of(order))), order);
  EXPECT_EQ(turns_in("")->size(), 0U);
}

TEST(Order, RefusesWhatIsNone) {
  for (const char* const text :
       {"main:", "main:x", "main:0", ":2", "main,,main", "main:99999999999", "main:2x"})
    EXPECT_EQ(turns_in(text).error().code, "order-malformed") << text;
}

TEST(Turns, AreTakenInOrderAndThenByAnyone) {
  Turns turns({"a", "b"});
  EXPECT_TRUE(turns.is_turn_of("a"));
  EXPECT_FALSE(turns.is_turn_of("b"));
  turns.pass();
  EXPECT_TRUE(turns.is_turn_of("b"));
  turns.pass();
  EXPECT_TRUE(turns.is_turn_of("a"));
  EXPECT_FALSE(turns.were_left());
}

TEST(Turns, ThatAreLeftSayHowFarTheyWereKept) {
  Turns turns({"a", "b", "a"});
  turns.pass();
  turns.leave();
  EXPECT_TRUE(turns.is_turn_of("a"));
  EXPECT_TRUE(turns.were_left());
  EXPECT_EQ(turns.kept(), 1U);
}

/// Two processes that put, and main, which gets one item of which nobody knows whose it is.
CaseResult raced(const std::string& order, std::uint64_t seed) {
  const auto made = case_of(
      "program q/race\nobject q = Queue()\nprocess main:\n  a.start()\n  b.start()\n  q.get() == 'a'\n"
      "process a:\n  q.put('a')\nprocess b:\n  q.put('b')\n",
      "q");
  EXPECT_TRUE(made);
  const auto result = run_port("python3 harness/heddle/conform/scripted_adapter.py processes", {*made},
                               {.seed = seed, .order = *turns_in(order), .command = "heddle conform"}, {});
  return result ? result->cases.at(0) : CaseResult{.message = result.error().what};
}

TEST(PortOrder, IsThatWhichIsAskedForWhateverTheSeed) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    EXPECT_EQ(raced("main:3,a,b,main", seed).status, Status::passed);
    const CaseResult other = raced("main:3,b,a,main", seed);
    EXPECT_EQ(other.status, Status::failed);
    EXPECT_EQ(turns_text(other.trace).substr(0, 15), "main:3,b,a,main");
    EXPECT_EQ(other.again, "heddle conform --only q/race --order " + turns_text(other.trace));
  }
}

TEST(PortOrder, ThatIsImpossibleIsLeft) {
  const CaseResult result = raced("main,b,b,main", 1);
  EXPECT_NE(result.status, Status::errored);
  EXPECT_GE(result.trace.size(), 6U);
}

}  // namespace
}  // namespace heddle::conform
