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

TEST(Shrinking, DropsEntriesOfEveryKind) {
  Tape tape;
  for (std::uint32_t kind = 0; kind < choice_kinds; ++kind)
    tape.entries.push_back({.task = "main", .kind = static_cast<ChoiceKind>(kind), .answer = 1});
  for (std::uint32_t kept = 0; kept < choice_kinds; ++kept) {
    const Shrunk shrunk = shrink(tape, [&](const Tape& candidate, Tape& recorded) {
      recorded = candidate;
      return std::ranges::find(candidate.entries, static_cast<ChoiceKind>(kept), &TapeEntry::kind) !=
             candidate.entries.end();
    });
    ASSERT_EQ(shrunk.tape.entries.size(), 1U);
    EXPECT_EQ(shrunk.tape.entries[0].kind, static_cast<ChoiceKind>(kept));
  }
}

TEST(Shrinking, LowersDataToTheLeastThatFails) {
  Tape tape{{{.task = "main", .kind = ChoiceKind::data, .answer = 1'000'000}}};
  const Shrunk shrunk = shrink(tape, [](const Tape& candidate, Tape& recorded) {
    recorded = candidate;
    return !candidate.entries.empty() && candidate.entries[0].answer >= 37;
  });
  ASSERT_EQ(shrunk.tape.entries.size(), 1U);
  EXPECT_EQ(shrunk.tape.entries[0].answer, 37U);
  EXPECT_LT(shrunk.executions, 40U);
}

TEST(Shrinking, DropsWhatSmallerDataMakeNeedless) {
  Tape tape{{{.task = "main", .kind = ChoiceKind::data, .answer = 8}, {.task = "main", .chosen = "x"}}};
  const Shrunk shrunk = shrink(tape, [](const Tape& candidate, Tape& recorded) {
    recorded = candidate;  // large data need the switch as well
    if (candidate.entries.empty() || candidate.entries[0].kind != ChoiceKind::data) return false;
    return candidate.entries[0].answer < 5 || candidate.entries.size() == 2;
  });
  ASSERT_EQ(shrunk.tape.entries.size(), 1U);
  EXPECT_EQ(shrunk.tape.entries[0].answer, 1U);
}

}  // namespace
}  // namespace heddle
