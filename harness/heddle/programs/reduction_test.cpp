// Every reduction of a program, as text: set equality.
#include <gtest/gtest.h>

#include <algorithm>
#include <heddle/programs/parse.hpp>
#include <heddle/programs/plan.hpp>
#include <heddle/programs/print.hpp>
#include <heddle/programs/reduction.hpp>
#include <set>
#include <string>
#include <vector>

namespace heddle::programs {
namespace {

Program read(const std::string& text) { return parse("program p\n" + text, "p").value(); }

/// Without its name and what is expected of it; the numbers of operations stay out of it.
std::string body(const Program& program) {
  const std::string text = print(tidied(program));
  return text.substr(text.find("none\n") + 5);
}

/// Those that make sense.
std::set<std::string> texts(const std::string& text) {
  std::set<std::string> all;
  for (const Program& each : reductions(read(text)))
    if (plan(each)) all.insert(body(each));
  return all;
}

using Texts = std::set<std::string>;

TEST(Reductions, LeaveOutEachChunkOfABlock) {
  EXPECT_EQ(
      texts("process main:\n  record(None)\n  sleep(0)\n  choose(0)\n"),
      (Texts{"process main:\n  record(None)\n", "process main:\n  sleep(0)\n  choose(0)\n",
             "process main:\n  record(None)\n  choose(0)\n", "process main:\n  record(None)\n  sleep(0)\n"}));
}

TEST(Reductions, LeaveOutAScriptWithAllThatIsDoneToIt) {
  const Texts all =
      texts("process main:\n  a.start()\n  b.start()\n  a.join()\nprocess a:\n  pass\nprocess b:\n  pass\n");
  EXPECT_TRUE(all.contains("process main:\n  b.start()\nprocess b:\n  pass\n"));
  EXPECT_TRUE(all.contains("process main:\n  a.start()\n  a.join()\nprocess a:\n  pass\n"));
}

TEST(Reductions, LeaveOutAnObjectWithAllThatUsesIt) {
  const Texts all = texts(
      "object m = Manager()\nobject d = m.dict()\nobject e = Event()\n"
      "process main:\n  d[1] = 2\n  e.set()\n");
  EXPECT_TRUE(all.contains("object e = Event()\nprocess main:\n  e.set()\n"));  // but for the manager's
  EXPECT_TRUE(all.contains("object m = Manager()\nobject d = m.dict()\nprocess main:\n  d[1] = 2\n"));
}

TEST(Reductions, LeaveOutAResultWithAllThatUsesIt) {
  const Texts all = texts("process main:\n  x = choose(2)\n  sleep(0)\n  record(x)\n  x == 0\n");
  EXPECT_TRUE(all.contains("process main:\n  sleep(0)\n"));
}

TEST(Reductions, LeaveABlocksOperationsWithoutTheBlock) {
  const Texts all = texts("object l = Lock()\nprocess main:\n  with l:\n    sleep(0)\n    choose(0)\n");
  EXPECT_TRUE(all.contains("process main:\n  sleep(0)\n  choose(0)\n"));
  EXPECT_TRUE(all.contains("object l = Lock()\nprocess main:\n  with l:\n    choose(0)\n"));
}

TEST(Reductions, TakeCopiesNumbersAndExpectationsDown) {
  const Texts all = texts(
      "object q = Queue(5)\nprocess main:\n  a.start()\n  q.put(3) ok\n  repeat 4:\n    sleep(0)\n"
      "process a * 3:\n  pass\n");
  const auto some = [&](const std::string& words) {
    return std::ranges::any_of(all, [&](const std::string& each) { return each.find(words) != each.npos; });
  };
  EXPECT_TRUE(some("Queue(2)"));
  EXPECT_TRUE(some("q.put(1) ok"));
  EXPECT_TRUE(some("q.put(3)\n"));
  EXPECT_TRUE(some("repeat 2:"));
  EXPECT_TRUE(some("process a * 2:"));
}

TEST(Reductions, ShortenNoDeadlines) {
  const Texts all = texts("object q = Queue(1)\nprocess main:\n  q.get(timeout=8)\n");
  EXPECT_EQ(all,
            (Texts{"process main:\n  pass\n", "object q = Queue(0)\nprocess main:\n  q.get(timeout=8)\n"}));
}

TEST(Reductions, OfNothingAreNone) { EXPECT_EQ(texts("process main:\n  pass\n"), Texts{}); }

TEST(Reductions, AreAllSimpler) {
  const Program program = read(
      "object q = Queue(5)\nprocess main:\n  x = choose(2)\n  q.put([1, 2]) ok\n  repeat 4:\n    q.get()\n");
  for (const Program& each : reductions(program)) EXPECT_NE(each, program) << print(each);
}

TEST(Tidied, NumbersOperationsAnewAndForgetsObjectsThatNobodyUses) {
  Program program = read(
      "object m = Manager()\nobject d = m.dict()\nobject e = Event()\n"
      "process main:\n  @7 e.set()\n  @9 repeat 2:\n    @12 sleep(0)\n");
  program = tidied(std::move(program));
  EXPECT_EQ(body(program), "object e = Event()\nprocess main:\n  e.set()\n  repeat 2:\n    sleep(0)\n");
  EXPECT_EQ(operations_in(program), 3U);
}

}  // namespace
}  // namespace heddle::programs
