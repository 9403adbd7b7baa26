// What is read of a suppressions file, and what is refused.
#include <gtest/gtest.h>

#include <heddle/core/suppressions_text.hpp>

namespace heddle {
namespace {

using namespace std::chrono_literals;

constexpr Date today = 2026y / 11 / 22;

Expected<Suppressions> read(std::string_view text) { return read_suppressions(text, "s.txt", today); }

/// What is wrong with a line, and which.
std::string refusal(std::string_view text) {
  const auto all = read(text);
  if (all) return "nothing";
  EXPECT_EQ(all.error().code, "suppressions-malformed");
  EXPECT_EQ(all.error().exit, ExitCode::usage);
  EXPECT_FALSE(all.error().hint.empty());
  return all.error().what;
}

TEST(SuppressionsText, HasARuleAPatternAndAReason) {
  const auto all = read("crash:worker-*  fails on purpose, see issue 7 \n");
  ASSERT_TRUE(all) << all.error().what;
  EXPECT_EQ(all->file, "s.txt");
  ASSERT_EQ(all->lines.size(), 1U);
  EXPECT_EQ(
      all->lines[0],
      (Suppression{
          .rule = "crash", .pattern = "worker-*", .reason = "fails on purpose, see issue 7", .line = 1}));
}

TEST(SuppressionsText, MayHaveCommentsAndEmptyLines) {
  const auto all = read("# known\n\n  \t\r\n  # more\ncrash:a why\r\n\ncrash:b why");
  ASSERT_TRUE(all) << all.error().what;
  ASSERT_EQ(all->lines.size(), 2U);
  EXPECT_EQ(all->lines[0].line, 5U);
  EXPECT_EQ(all->lines[0].reason, "why");
  EXPECT_EQ(all->lines[1].line, 7U);
}

TEST(SuppressionsText, OfNothingIsNoLine) {
  EXPECT_TRUE(read("")->lines.empty());
  EXPECT_TRUE(read("# only this")->lines.empty());
}

TEST(SuppressionsText, QuotesAPatternWithSpaces) {
  const auto all = read("deadlock:\"lock 2 of main\" until=2027-01-31 because");
  ASSERT_TRUE(all) << all.error().what;
  EXPECT_EQ(all->lines[0].pattern, "lock 2 of main");
  EXPECT_EQ(all->lines[0].until, Date(2027y / 1 / 31));
  EXPECT_EQ(all->lines[0].reason, "because");
}

TEST(SuppressionsText, KeepsTheColonsOfAPlace) {
  EXPECT_EQ(read("crash:a.cpp:12 why")->lines[0].pattern, "a.cpp:12");
}

TEST(SuppressionsText, HoldsOnItsLastDayAndNoLonger) {
  EXPECT_FALSE(read("crash:* until=2026-11-22 why")->lines[0].is_expired);
  EXPECT_FALSE(read("crash:* until=2026-11-23 why")->lines[0].is_expired);
  EXPECT_TRUE(read("crash:* until=2026-11-21 why")->lines[0].is_expired);
  EXPECT_FALSE(read("crash:* why")->lines[0].is_expired);
}

TEST(SuppressionsText, WithoutAReasonIsRefused) {
  EXPECT_EQ(refusal("# first\ncrash:*"), "s.txt:2: there is no reason");
  EXPECT_EQ(refusal("crash:* until=2027-01-31"), "s.txt:1: there is no reason");
  EXPECT_EQ(refusal("crash:\"a b\""), "s.txt:1: there is no reason");
}

TEST(SuppressionsText, WithAnUnknownRuleIsRefused) {
  EXPECT_EQ(refusal("dedlock:* why"), "s.txt:1: no rule is called 'dedlock'");
  EXPECT_NE(read("dedlock:* why").error().hint.find("deadlock"), std::string::npos);
  EXPECT_EQ(refusal("*:* why"), "s.txt:1: no rule is called '*'");
  EXPECT_EQ(refusal(":* why"), "s.txt:1: no rule is called ''");
  EXPECT_EQ(refusal("crash why: so"), "s.txt:1: no rule begins this line");
  EXPECT_EQ(refusal("crash"), "s.txt:1: no rule begins this line");
}

TEST(SuppressionsText, WithoutAPatternIsRefused) {
  EXPECT_EQ(refusal("crash: why"), "s.txt:1: there is no pattern behind the rule");
  EXPECT_EQ(refusal("crash:"), "s.txt:1: there is no pattern behind the rule");
  EXPECT_EQ(refusal("crash:\"\" why"), "s.txt:1: there is no pattern behind the rule");
  EXPECT_EQ(refusal("crash:\"a why"), "s.txt:1: the pattern's quotes are not closed");
  EXPECT_EQ(refusal("crash:\"a\"why"), "s.txt:1: a space is missing behind the pattern");
}

TEST(SuppressionsText, WithADateThatIsNoneIsRefused) {
  EXPECT_EQ(refusal("crash:* until=2027-02-30 why"), "s.txt:1: '2027-02-30' is no day");
  EXPECT_EQ(refusal("crash:* until= why"), "s.txt:1: '' is no day");
  EXPECT_EQ(refusal("crash:* until=soon why"), "s.txt:1: 'soon' is no day");
}

TEST(SuppressionsText, ThatSetsWhatNobodyKnowsIsRefused) {
  EXPECT_EQ(refusal("crash:* expires=2027-01-31 why"), "s.txt:1: nothing is set by 'expires=2027-01-31'");
  EXPECT_EQ(refusal("crash:* until=2027-01-31 until=2028-01-31 why"), "s.txt:1: there is a second setting");
}

TEST(SuppressionsText, AReasonMaySpeakOfSettings) {
  EXPECT_EQ(read("crash:* since a=b")->lines[0].reason, "since a=b");
  EXPECT_EQ(read("crash:* X=1 is meant")->lines[0].reason, "X=1 is meant");
}

}  // namespace
}  // namespace heddle
