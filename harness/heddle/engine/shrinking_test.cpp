// Shrinking against predicates whose minimal tapes are known.
#include <gtest/gtest.h>

#include <algorithm>
#include <heddle/engine/shrinking.hpp>

namespace heddle {
namespace {

Tape tape_of(std::uint32_t entries) {
  Tape tape;
  for (std::uint32_t i = 0; i < entries; ++i)
    tape.entries.push_back({.task = "main", .ordinal = i, .chosen = "x"});
  return tape;
}

bool has(const Tape& tape, std::uint32_t ordinal) {
  return std::ranges::any_of(tape.entries, [&](const TapeEntry& each) { return each.ordinal == ordinal; });
}

TEST(Shrinking, KeepsExactlyWhatTheFindingNeeds) {
  const Shrunk shrunk = shrink(tape_of(100), [](const Tape& candidate, Tape& recorded) {
    recorded = candidate;
    return has(candidate, 7) && has(candidate, 70);
  });
  EXPECT_EQ(shrunk.tape.entries.size(), 2U);
  EXPECT_TRUE(has(shrunk.tape, 7) && has(shrunk.tape, 70));
  EXPECT_LT(shrunk.executions, 60U);
}

TEST(Shrinking, GivesAnEmptyTapeWhenTheDefaultRunFails) {
  const Shrunk shrunk = shrink(tape_of(10), [](const Tape& candidate, Tape& recorded) {
    recorded = candidate;
    return true;
  });
  EXPECT_TRUE(shrunk.tape.entries.empty());
}

TEST(Shrinking, AdoptsTheTapeThatTheAcceptedRunReallyMade) {
  const Shrunk shrunk = shrink(tape_of(8), [](const Tape& candidate, Tape& recorded) {
    recorded = candidate;
    std::erase_if(recorded.entries, [](const TapeEntry& each) { return each.ordinal % 2 == 1; });
    return has(candidate, 4);
  });
  ASSERT_EQ(shrunk.tape.entries.size(), 1U);
  EXPECT_EQ(shrunk.tape.entries[0].ordinal, 4U);
}

TEST(Shrinking, IsOneMinimalWhenEntriesDependOnEachOther) {
  const auto fails = [](const Tape& tape) {  // any three of the first six
    return std::ranges::count_if(tape.entries, [](const TapeEntry& each) { return each.ordinal < 6; }) >= 3;
  };
  const Shrunk shrunk = shrink(tape_of(20), [&](const Tape& candidate, Tape& recorded) {
    recorded = candidate;
    return fails(candidate);
  });
  EXPECT_EQ(shrunk.tape.entries.size(), 3U);
}

}  // namespace
}  // namespace heddle
