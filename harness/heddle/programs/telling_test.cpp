// Programs that say what their objects are like.
#include <gtest/gtest.h>

#include <heddle/programs/interpreter.hpp>
#include <heddle/programs/parse.hpp>
#include <heddle/programs/plan.hpp>
#include <heddle/programs/print.hpp>
#include <heddle/trial/trial.hpp>
#include <string>
#include <vector>

namespace heddle::programs {
namespace {

Expected<std::shared_ptr<const Plan>> planned(const std::string& text) {
  return plan(parse("program p\n" + text, "p").value(), "p");
}

trial::Names rules_of(const std::string& text) {
  return trial::rules_of(explore(body_of(planned(text).value(), Time::simulated), trial::options_of(300)));
}

TEST(Histories, HoldOfPrimitives) {
  EXPECT_EQ(rules_of("expect history: q like queue(1), l like lock, d like dict, n like value(3)\n"
                     "object q = Queue(1)\nobject l = Lock()\nobject m = Manager()\nobject d = m.dict()\n"
                     "object n = Value('i', 3)\n"
                     "process main:\n  other.start()\n  with l:\n    d['k'] = 2\n    d['k'] == 2\n"
                     "  q.put(1)\n  q.put_nowait(2) raises Full | ok\n  n.value in {3, 4}\n  other.join()\n"
                     "process other:\n  q.get()\n  q.get(timeout=0.1) raises Empty | ok\n  n.value = 4\n"
                     "  with l:\n    pass\n"),
            trial::Names{});
}

TEST(Histories, AreHeldAgainstTheModelThatTheProgramNames) {
  const std::string text =
      "object l = Lock()\nprocess main:\n  l.acquire()\n  l.acquire(block=False) == False\n  l.release()\n";
  EXPECT_EQ(rules_of("expect history: l like lock\n" + text), trial::Names{});
  EXPECT_EQ(rules_of("expect history: l like semaphore(2)\n" + text), trial::Names{"not-linearizable"});
}

TEST(Histories, HaveCallsOfBlocksToo) {
  EXPECT_EQ(rules_of("expect history: l like semaphore(2)\nobject l = Lock()\n"
                     "process main:\n  with l:\n    l.acquire(False) == False\n"),
            trial::Names{"not-linearizable"});
  EXPECT_EQ(rules_of("expect history: q like value\nobject q = Queue()\n"
                     "process main:\n  q.put(None)\n  for x in iter(q.get, None):\n    pass\n"),
            trial::Names{"assertion"});  // put is none of a value's
}

TEST(Histories, AreOfObjectsAndModelsThatThereAre) {
  for (const std::string text :
       {"expect history: q like queue\n", "expect history: l like locks\n",
        "expect history: main like lock\n", "expect history: l like lock, l like semaphore\n"}) {
    const auto made = planned(text + "object l = Lock()\nprocess main:\n  pass\n");
    ASSERT_FALSE(made) << text;
    EXPECT_EQ(made.error().code, "program-malformed");
  }
}

TEST(Histories, ArePrintedAsTheyAreRead) {
  const std::string text =
      "program p\nexpect findings: none\nexpect history: l like bounded-semaphore(2)\n"
      "expect history: n like value\nobject l = BoundedSemaphore(2)\nobject n = Value('i')\n"
      "process main:\n  pass\n";
  EXPECT_EQ(print(parse(text, "p").value()), text);
}

}  // namespace
}  // namespace heddle::programs
