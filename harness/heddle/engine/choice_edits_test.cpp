// The edits of a fuzzer: they stay in their room, and each way of changing an input is made.
#include <gtest/gtest.h>

#include <algorithm>
#include <heddle/engine/choice_edits.hpp>
#include <set>
#include <vector>

namespace heddle {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::uint8_t guard = 0xee;

/// The result of the edits that a seed draws; fails if a byte beyond the room was touched.
Bytes edited(const Bytes& input, std::size_t room, std::uint64_t seed) {
  Bytes bytes = input;
  bytes.resize(room);
  bytes.push_back(guard);
  Random random(seed);
  const std::size_t size = edit_choices(std::span(bytes).first(room), input.size(), random);
  EXPECT_LE(size, room);
  EXPECT_EQ(bytes.back(), guard);
  bytes.resize(size);
  return bytes;
}

std::set<Bytes> all_edited(const Bytes& input, std::size_t room) {
  std::set<Bytes> made;
  for (std::uint64_t seed = 0; seed < 3'000; ++seed) made.insert(edited(input, room, seed));
  return made;
}

TEST(ChoiceEdits, PutASwitchIntoAnEmptyInput) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) EXPECT_GE(edited({}, 8, seed).size(), 1U);
}

TEST(ChoiceEdits, StayWithinOneByteOfRoom) {
  for (const Bytes& made : all_edited({1}, 1)) EXPECT_EQ(made.size(), 1U);
}

TEST(ChoiceEdits, MakeNothingOfNoRoom) {
  Random random(1);
  EXPECT_EQ(edit_choices({}, 0, random), 0U);
}

TEST(ChoiceEdits, MoveTakeChangeAndSwapSwitches) {
  const std::set<Bytes> made = all_edited({0, 7, 0, 9, 0}, 5);
  EXPECT_TRUE(made.contains({7, 0, 0, 9, 0}));  // moved back
  EXPECT_TRUE(made.contains({0, 0, 7, 9, 0}));  // moved on
  EXPECT_TRUE(made.contains({0, 0, 0, 9, 0}));  // taken
  EXPECT_TRUE(made.contains({0, 9, 0, 7, 0}));  // changed places
  EXPECT_TRUE(made.contains({0, 1, 0, 9, 0}));  // another answer
  EXPECT_TRUE(made.contains({0, 7, 2, 9, 0}));  // one more
}

TEST(ChoiceEdits, InsertAndDeleteChoices) {
  const std::set<Bytes> made = all_edited({0, 7, 0}, 4);
  EXPECT_TRUE(made.contains({0, 0, 7, 0}));
  EXPECT_TRUE(made.contains({7, 0}));
}

TEST(ChoiceEdits, DrawALongStretchOfAShortInput) {
  const std::set<Bytes> made = all_edited({1}, 64);
  const auto is_drawn = [](const Bytes& bytes) {
    return bytes.size() > 32 && std::ranges::count(bytes, 0) < 8;
  };
  EXPECT_TRUE(std::ranges::any_of(made, is_drawn));
}

TEST(ChoiceEdits, AreTheSameForASeed) { EXPECT_EQ(edited({1, 0, 2}, 64, 7), edited({1, 0, 2}, 64, 7)); }

Bytes spliced(const Bytes& one, const Bytes& other, std::size_t room, std::uint64_t seed) {
  Bytes into(room + 1, guard);
  Random random(seed);
  const std::size_t size = splice_choices(one, other, std::span(into).first(room), random);
  EXPECT_LE(size, room);
  EXPECT_EQ(into.back(), guard);
  into.resize(size);
  return into;
}

TEST(ChoiceEdits, SpliceAtTheSameChoiceOrAtAnother) {
  std::set<Bytes> made;
  for (std::uint64_t seed = 0; seed < 1'000; ++seed) made.insert(spliced({1, 2, 3}, {4, 5, 6}, 6, seed));
  EXPECT_TRUE(made.contains({1, 5, 6}));           // at the same
  EXPECT_TRUE(made.contains({1, 2, 6}));           // likewise
  EXPECT_TRUE(made.contains({1, 2, 3, 4, 5, 6}));  // at another
}

TEST(ChoiceEdits, SpliceIntoLittleRoom) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    EXPECT_LE(spliced({1, 2, 3}, {4, 5, 6}, 2, seed).size(), 2U);
    EXPECT_LE(spliced({}, {}, 2, seed).size(), 0U);
  }
}

}  // namespace
}  // namespace heddle
