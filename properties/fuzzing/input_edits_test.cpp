// The edits of a fuzzer of a primitive: each is made, and they stay in their room.
#include <gtest/gtest.h>

#include <algorithm>
#include <heddle/api/fuzz.hpp>
#include <properties/fuzzing/input.hpp>
#include <properties/fuzzing/input_edits.hpp>
#include <set>
#include <vector>

namespace heddle::properties {
namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr std::uint8_t guard = 0xee;
const Edit one{.kind = 1, .place = 1, .other = 1, .amount = 1};
const Edit two{.kind = 2, .place = 2, .other = 2, .amount = 2};
const Input usual{.property = 1, .seed = 2, .size = 1, .edits = {one, two}, .choices = {0, 7, 0}};

Bytes bytes_of(const Input& input) {
  Bytes bytes(200);
  bytes.resize(write_input(input, bytes));
  return bytes;
}

Bytes edited(const Bytes& input, std::size_t room, std::uint64_t seed) {
  Bytes bytes = input;
  bytes.resize(room + 1, guard);
  bytes.back() = guard;
  Random random(seed);
  const std::size_t size = edit_input(std::span(bytes).first(room), input.size(), random);
  EXPECT_LE(size, room);
  EXPECT_EQ(bytes.back(), guard);
  bytes.resize(size);
  return bytes;
}

/// Is there a seed whose edits make an input like this?
template <class Like>
bool is_made(Like like) {
  for (std::uint64_t seed = 0; seed < 3'000; ++seed)
    if (like(read_input(edited(bytes_of(usual), 100, seed)))) return true;
  return false;
}

TEST(InputEdits, ChangeTheProgramsEdits) {
  EXPECT_TRUE(is_made([](const Input& made) { return made.edits.size() == 3; }));
  EXPECT_TRUE(is_made([](const Input& made) { return made.edits == std::vector{one}; }));
  EXPECT_TRUE(is_made([](const Input& made) { return made.edits == std::vector{two, one}; }));
  EXPECT_TRUE(is_made([](const Input& made) {
    return made.edits.size() == 2 && made.edits[0] == one && made.edits[1].kind == two.kind &&
           made.edits[1] != two;
  }));
}

TEST(InputEdits, DrawAnotherProgramAndAnotherWay) {
  EXPECT_TRUE(is_made([](const Input& made) { return made.seed != usual.seed; }));
  EXPECT_TRUE(is_made([](const Input& made) { return made.property != usual.property; }));
  EXPECT_TRUE(is_made([](const Input& made) { return made.size != usual.size; }));
  EXPECT_TRUE(is_made([](const Input& made) { return made.way != usual.way; }));
  EXPECT_TRUE(is_made([](const Input& made) { return made.faults != usual.faults; }));
}

TEST(InputEdits, MoveASwitchAndLeaveTheProgram) {
  EXPECT_TRUE(is_made([](const Input& made) {
    return made.edits == usual.edits && made.seed == usual.seed && made.choices == Bytes{0, 0, 7};
  }));
}

TEST(InputEdits, StayInTheirRoom) {
  for (const std::size_t room : {0U, 1U, 6U, 9U, 18U})
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
      Bytes input = bytes_of(usual);
      input.resize(std::min(input.size(), room));
      edited(input, room, seed);
    }
}

TEST(InputEdits, AreTheSameForASeed) {
  EXPECT_EQ(edited(bytes_of(usual), 90, 7), edited(bytes_of(usual), 90, 7));
}

TEST(InputEdits, SpliceEditsOrChoicesOntoTheProgramOfTheFirst) {
  const Edit three{.kind = 3, .place = 3, .other = 3, .amount = 3};
  const Input other{.property = 9, .seed = 9, .edits = {three}, .choices = {5, 5, 5}};
  bool are_edits_spliced = false;
  bool are_choices_spliced = false;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    Bytes into(100);
    Random random(seed);
    into.resize(splice_inputs(bytes_of(usual), bytes_of(other), into, random));
    const Input made = read_input(into);
    EXPECT_EQ(made.property, usual.property);
    EXPECT_EQ(made.seed, usual.seed);
    are_edits_spliced |= made.edits == std::vector{one, three} && made.choices == usual.choices;
    are_choices_spliced |= made.edits == usual.edits && made.choices == Bytes{0, 5, 5};
  }
  EXPECT_TRUE(are_edits_spliced);
  EXPECT_TRUE(are_choices_spliced);
}

TEST(InputEdits, AreWhatAFuzzersMutatorDoes) {
  Bytes bytes = bytes_of(usual);
  const std::size_t size = bytes.size();
  bytes.resize(100);
  bytes.resize(heddle_edit_input(bytes.data(), size, bytes.size(), 7));
  EXPECT_EQ(bytes, edited(bytes_of(usual), 100, 7));
  Bytes into(10);
  EXPECT_LE(heddle_splice_inputs(bytes.data(), bytes.size(), bytes.data(), bytes.size(), into.data(), 10, 1),
            10U);
}

}  // namespace
}  // namespace heddle::properties
