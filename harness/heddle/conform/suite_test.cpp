// The suite that the binary carries, and what its cases need.
#include <gtest/gtest.h>

#include <algorithm>
#include <heddle/conform/needs.hpp>
#include <heddle/conform/suite.hpp>

namespace heddle::conform {
namespace {

Case case_with(const std::string& rest) {
  const auto made = case_of("program q/1\n" + rest, "q");
  EXPECT_TRUE(made) << made.error().what;
  return made ? *made : Case{};
}

TEST(Suite, IsThatOfTheTree) {
  const auto carried = load_suite();
  auto of_tree = load_suite("corpus/cases");
  const auto hazards = load_suite("corpus/conform/hazards");
  ASSERT_TRUE(carried && of_tree && hazards);
  EXPECT_GE(of_tree->size(), 180U);
  of_tree->insert(of_tree->end(), hazards->begin(), hazards->end());
  std::ranges::sort(*of_tree, {}, &Case::id);
  EXPECT_TRUE(std::ranges::equal(*carried, *of_tree, {}, &Case::text, &Case::text));
  EXPECT_EQ(load_suite("docs").error().code, "suite-unreadable");
}

TEST(Suite, TellsWhatACasePins) {
  const Case some = case_with("process main:\n  sleep(1)\n");
  EXPECT_EQ(some.level, Level::recommended);
  const auto pinned =
      case_of("# Two\n# lines. Pins QUEUE-27, QUEUE-02.\nprogram q/2\nprocess main:\n  pass\n", "q");
  ASSERT_TRUE(pinned);
  EXPECT_EQ(pinned->rows, (std::vector<std::string>{"QUEUE-27", "QUEUE-02"}));
  EXPECT_EQ(pinned->level, Level::required);
  EXPECT_EQ(pinned->summary, "Two lines.");
  EXPECT_EQ(case_of("# Pins QUEUE-27.\nprogram q/2\nprocess main:\n  pass\n", "q")->level, Level::hazard);
}

TEST(Suite, ItsHazardsAreOfThatLevelAndNoneIsTriedFirst) {
  const auto all = load_suite();
  ASSERT_TRUE(all);
  for (const Case& each : chosen(*all, "hazards/*")) EXPECT_EQ(each.level, Level::hazard) << each.id;
  for (const Case& each : for_smoke(*all)) EXPECT_NE(each.level, Level::hazard) << each.id;
}

TEST(Suite, IsChosenFromByNameOrRow) {
  const auto all = load_suite();
  ASSERT_TRUE(all);
  EXPECT_EQ(chosen(*all, "queue/034*").size(), 1U);
  EXPECT_GE(chosen(*all, "QUEUE-02").size(), 1U);
  EXPECT_EQ(chosen(*all, "").size(), all->size());
}

TEST(Needs, AreWhatIsMadeAndDone) {
  const Case some = case_with(
      "object m = Manager()\nobject d = m.dict()\nprocess main:\n  d['k'] = 1\n"
      "  l = Lock()\n  with l:\n    sleep(1)\n  w.start()\n  w.kill()\nthread t:\n  pass\nprocess w:\n  "
      "t.start()\n");
  EXPECT_EQ(needs_of(*some.plan),
            (std::set<std::string>{"Lock", "Lock.acquire", "Lock.release", "Manager", "Manager.dict",
                                   "Manager.dict.item", "Process.kill", "process", "thread"}));
}

TEST(Needs, ACapabilityIsABeginning) {
  const Case some = case_with("object q = Queue()\nprocess main:\n  q.put(1)\n");
  EXPECT_EQ(obstacle(*some.plan, {.capabilities = {"Queue"}}), std::nullopt);
  EXPECT_EQ(obstacle(*some.plan, {.capabilities = {"Que"}}), "needs Queue");
}

TEST(Needs, NoProcessHasTwoParents) {
  const Case some =
      case_with("process main:\n  a.start()\n  b.start()\nprocess a:\n  b.start()\nprocess b:\n  pass\n");
  EXPECT_EQ(obstacle(*some.plan, {.capabilities = {"process"}}), "b is named by several processes");
}

TEST(Needs, KnowWhatComesAfterATime) {
  const auto is_clocked = [](const std::string& rest) { return has_clock(*case_with(rest).plan); };
  EXPECT_TRUE(is_clocked("object b = Barrier(2, timeout=1)\nprocess main:\n  b.wait()\n"));
  EXPECT_TRUE(is_clocked("object q = Queue()\nprocess main:\n  repeat 2:\n    q.put(slow(1))\n"));
  EXPECT_TRUE(is_clocked("object p = Pool(1)\nprocess main:\n  r = p.apply_async(sleep, [1])\n"));
  EXPECT_FALSE(is_clocked("object q = Queue()\nprocess main:\n  q.get(True, 1)\n  sleep(1)\n"));
}

}  // namespace
}  // namespace heddle::conform
