// Bytes as answers.
#include <gtest/gtest.h>

#include <array>
#include <heddle/engine/byte_choices.hpp>
#include <vector>

namespace heddle {
namespace {

std::vector<std::uint32_t> answers(std::span<const std::uint8_t> bytes, const Choice& choice, int times) {
  ByteChoices strategy(bytes);
  strategy.begin(0);
  std::vector<std::uint32_t> given;
  for (int i = 0; i < times; ++i) given.push_back(strategy.choose(choice));
  return given;
}

TEST(ByteChoices, AnswerEachChoiceByOneByte) {
  const std::array<std::uint8_t, 4> bytes{0, 1, 2, 5};
  EXPECT_EQ(answers(bytes, {.kind = ChoiceKind::task, .count = 3}, 4),
            (std::vector<std::uint32_t>{0, 1, 2, 2}));
}

TEST(ByteChoices, AnswerByTheDefaultWhereTheInputEnds) {
  const std::array<std::uint8_t, 1> bytes{1};
  EXPECT_EQ(answers(bytes, {.kind = ChoiceKind::data, .count = 2}, 3), (std::vector<std::uint32_t>{1, 0, 0}));
}

TEST(ByteChoices, BeginAtTheFirstByteInEachExecution) {
  const std::array<std::uint8_t, 2> bytes{1, 0};
  ByteChoices strategy(bytes);
  const Choice choice{.kind = ChoiceKind::task, .count = 2};
  for (int execution = 0; execution < 2; ++execution) {
    strategy.begin(0);
    EXPECT_EQ(strategy.choose(choice), 1U);
    EXPECT_EQ(strategy.choose(choice), 0U);
    EXPECT_EQ(strategy.asked(), 2U);
  }
}

// How many of the 256 values make it strike, and that no answer is out of range.
int striking(ChoiceKind kind, std::uint32_t count) {
  int strikes = 0;
  for (int value = 0; value < 256; ++value) {
    const std::array<std::uint8_t, 1> bytes{static_cast<std::uint8_t>(value)};
    const std::uint32_t answer = answers(bytes, {.kind = kind, .count = count}, 1).front();
    EXPECT_LT(answer, count);
    if (answer != 0) ++strikes;
  }
  return strikes;
}

TEST(ByteChoices, LetKillsStrikeAtOneValueIn64) { EXPECT_EQ(striking(ChoiceKind::kill, 2), 4); }

TEST(ByteChoices, LetOtherFaultsAndTimersStrikeAtOneValueIn16) {
  EXPECT_EQ(striking(ChoiceKind::short_io, 3), 16);
  EXPECT_EQ(striking(ChoiceKind::eintr, 2), 16);
  EXPECT_EQ(striking(ChoiceKind::timer, 4), 16);
}

}  // namespace
}  // namespace heddle
