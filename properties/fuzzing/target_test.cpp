// A fuzzer of a primitive: what ends it and what does not. The primitives as they are hold their properties,
// so what must be found is about programs that are wrong.
#include <gtest/gtest.h>

#include <array>
#include <heddle/programs/reduction.hpp>
#include <properties/fuzzing/target.hpp>
#include <properties/queue/queue.hpp>
#include <properties/survivors/survivors.hpp>
#include <string>
#include <vector>

#ifdef HEDDLE_TSAN
// The target judges what is reported here, not the exit code.
extern "C" const char* __tsan_default_options() {
  return "exitcode=0:suppress_equal_stacks=0:suppress_equal_addresses=0";
}
#endif

namespace heddle::properties {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes bytes_of(const Input& input) {
  Bytes bytes(400);
  bytes.resize(write_input(input, bytes));
  return bytes;
}

std::string unguarded(Random&, std::uint32_t) {
  return "program test/unguarded\n"
         "expect findings: shared-memory-race, unlocked-shared-value\n"
         "object total = RawValue('i', 0)\n"
         "object done = Semaphore(0)\n"
         "process main:\n"
         "  task.start()\n"
         "  task.join()\n"
         "  done.release()\n"
         "  total.value == 2\n"
         "process task * 2:\n"
         "  x = total.value\n"
         "  total.value = x + 1\n";
}
std::string misused(Random&, std::uint32_t) {
  return "program test/misused\n"
         "object guard = Lock()\n"
         "process main:\n"
         "  guard.release() raises ValueError\n";
}
std::string warned(Random&, std::uint32_t) {
  return "program test/warned\n"
         "object guard = Lock()\n"
         "process main:\n"
         "  task.start()\n"
         "  task.join()\n"
         "process task:\n"
         "  guard.acquire()\n";
}
// What ThreadSanitizer reports, if it is there; other builds see nothing wrong.
std::string looked_at(Random&, std::uint32_t) {
  return "program test/looked-at\n"
         "process main:\n"
         "  watcher.start()\n"
         "  task.start()\n"
         "  watcher.join()\n"
         "  task.join()\n"
         "thread watcher:\n"
         "  task.is_alive()\n"
         "process task:\n"
         "  pass\n";
}
constexpr std::array wrong{Property{"test/unguarded", "updates without a lock are exact", &unguarded},
                           Property{"test/misused", "a lock is released by who likes to", &misused},
                           Property{"test/warned", "nothing is said of a lock that is kept", &warned},
                           Property{"test/kept", "the same, despite a kill", &warned, true},
                           Property{"test/looked-at", "a process is started unseen", &looked_at}};

std::string rule_of(const std::optional<Target::Found>& found) {
  if (!found) return "none";
  const auto* const failed = std::get_if<Failed>(&found->result.verdict);
  return failed == nullptr ? "no rule" : failed->failures.at(0).finding.rule;
}

/// What the first of some inputs with choices drawn by chance ends with.
std::optional<Target::Found> search(Input input, std::uint64_t seeds) {
  Target target(wrong);
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    Random random(seed);
    input.choices.resize(random.below(60));
    for (std::uint8_t& choice : input.choices) choice = static_cast<std::uint8_t>(random.next());
    if (auto found = target.run(bytes_of(input))) return found;
  }
  return std::nullopt;
}

TEST(FuzzTargets, FindWhatBreaksAPropertyAndShrinkItsProgram) {
  const auto found = search({.property = 0, .way = way_os}, 300);
  ASSERT_EQ(rule_of(found), "assertion");
  const std::string words = found->words();
  EXPECT_EQ(words.find("done.release()"), std::string::npos) << "what the finding does not need is gone\n"
                                                             << words;
  EXPECT_NE(words.find("heddle replay h1-"), std::string::npos);
}

TEST(FuzzTargets, TakeAMisuseForABreakOfAPropertyThatDoesNotDeclareIt) {
  EXPECT_EQ(rule_of(Target(wrong).run(bytes_of({.property = 1}))), "lock-over-release");
}

TEST(FuzzTargets, TakeAWarningForABreakToo) {
  EXPECT_NE(rule_of(Target(wrong).run(bytes_of({.property = 2}))), "none");
}

TEST(FuzzTargets, PutAsideWhatIsToldOfADeath) {
  EXPECT_EQ(rule_of(Target(wrong).run(bytes_of({.property = 3}))), "none");
}

TEST(FuzzTargets, LetEditedProgramsMisuseWhatTheyLike) {
  constexpr std::uint8_t insert = 0;
  constexpr std::uint8_t drop = 1;
  for (const Edit& edit : {Edit{.kind = insert}, Edit{.kind = drop}})
    for (std::uint8_t property = 0; property < wrong.size(); ++property)
      EXPECT_EQ(rule_of(search({.property = property, .way = way_os, .edits = {edit}}, 60)), "none");
}

TEST(FuzzTargets, RunTwiceWhatIsTheSame) {
  EXPECT_EQ(rule_of(Target(of_queues()).run(bytes_of({.way = way_os | way_twice}))), "none");
}

TEST(FuzzTargets, KeepNoInputOfThePrimitivesAsTheyAre) {
  for (const std::span<const Property> properties : {of_queues(), of_survivors()}) {
    Target target(properties);
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
      Random random(seed);
      Bytes bytes(random.below(100));
      for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random.next());
      const auto found = target.run(bytes);
      EXPECT_FALSE(found) << found->words();
    }
  }
}

}  // namespace
}  // namespace heddle::properties
