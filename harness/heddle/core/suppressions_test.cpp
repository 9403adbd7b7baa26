// What a line of a suppressions file matches, and what is told of lines.
#include <gtest/gtest.h>

#include <heddle/core/location_at.hpp>
#include <heddle/core/suppressions.hpp>

namespace heddle {
namespace {

using namespace std::chrono_literals;

Suppressions of(std::string rule, std::string pattern) {
  return {.file = "s.txt",
          .lines = {{.rule = std::move(rule), .pattern = std::move(pattern), .reason = "known", .line = 3}}};
}

Finding deadlock() {
  Finding finding;
  finding.rule = "deadlock";
  finding.object = "lock 2 of main";
  finding.parties = {{.who = "a", .operation = "acquire()", .where = location_at("/src/bank/a.cpp", 12)},
                     {.who = "b", .operation = "acquire()", .where = location_at("/src/bank/b.cpp", 7)}};
  return finding;
}

bool is_matched(const std::string& pattern) {
  return of("deadlock", pattern).match(deadlock(), location_at("/src/bank/main.cpp", 90)) != nullptr;
}

TEST(Suppressions, StarsStandForAnyLetters) {
  EXPECT_TRUE(matches("", ""));
  EXPECT_TRUE(matches("*", ""));
  EXPECT_TRUE(matches("a*c", "abbbc"));
  EXPECT_TRUE(matches("*ab*ab", "abxabab"));
  EXPECT_TRUE(matches("a**", "a"));
  EXPECT_FALSE(matches("a*c", "abbb"));
  EXPECT_FALSE(matches("", "a"));
  EXPECT_FALSE(matches("ab", "abc"));
  EXPECT_FALSE(matches("*b", "abc"));
}

TEST(Suppressions, MatchTheObject) {
  EXPECT_TRUE(is_matched("lock 2 of main"));
  EXPECT_TRUE(is_matched("lock * of main"));
  EXPECT_FALSE(is_matched("lock 2"));
}

TEST(Suppressions, MatchThePlaceOfEachParty) {
  EXPECT_TRUE(is_matched("a.cpp:12"));
  EXPECT_TRUE(is_matched("b.cpp:*"));
  EXPECT_TRUE(is_matched("bank/b.cpp:7"));
  EXPECT_TRUE(is_matched("/src/bank/b.cpp:7"));
  EXPECT_FALSE(is_matched("a.cpp:7"));
  EXPECT_FALSE(is_matched("a.cpp"));
  EXPECT_FALSE(is_matched("cpp:7"));
}

TEST(Suppressions, MatchThePlaceWhereTheObjectWasMade) {
  EXPECT_TRUE(is_matched("main.cpp:90"));
  EXPECT_FALSE(is_matched("main.cpp:91"));
}

TEST(Suppressions, MatchNoOtherRule) {
  EXPECT_EQ(of("livelock", "*").match(deadlock(), {}), nullptr);
  EXPECT_NE(of("deadlock", "*").match(deadlock(), {}), nullptr);
}

TEST(Suppressions, ThatHaveExpiredMatchNothing) {
  Suppressions all = of("deadlock", "*");
  EXPECT_FALSE(all.is_idle());
  all.lines[0].is_expired = true;
  EXPECT_EQ(all.match(deadlock(), {}), nullptr);
  EXPECT_TRUE(all.is_idle());
}

TEST(Suppressions, TheFirstLineThatMatchesCounts) {
  Suppressions all = of("deadlock", "lock*");
  all.lines.push_back({.rule = "deadlock", .pattern = "*", .reason = "too", .line = 8});
  EXPECT_EQ(all.match(deadlock(), {}), &all.lines[0]);
}

TEST(Suppressions, TellOfLinesThatDidNothing) {
  Suppressions all = of("deadlock", "*");
  all.lines.push_back({.rule = "crash", .pattern = "w", .reason = "r", .line = 4});
  all.lines.push_back({.rule = "crash",
                       .pattern = "x",
                       .reason = "r",
                       .line = 5,
                       .until = 2026y / 2 / 3,
                       .is_expired = true});
  const std::set<Suppressed> seen{{.by = "s.txt:3", .reason = "known", .rule = "deadlock", .object = "o"}};
  EXPECT_EQ(idle_lines(all, seen),
            (std::vector<std::string>{"s.txt:4: unused: no finding matched crash:w",
                                      "s.txt:5: expired after 2026-02-03: crash:x suppresses nothing"}));
}

TEST(Suppressions, AreCountedByLine) {
  const std::set<Suppressed> seen{{.by = "s:3", .reason = "r", .rule = "crash", .object = "a"},
                                  {.by = "s:3", .reason = "r", .rule = "crash", .object = "b"},
                                  {.by = "s:4", .reason = "q", .rule = "crash", .object = "c"}};
  EXPECT_EQ(sums_of(seen), (std::vector<std::string>{"2 findings by s:3 (r)", "1 finding by s:4 (q)"}));
}

TEST(Suppressions, OfDeclaredRulesAreLeftOut) {
  EXPECT_TRUE(without_rules(of("deadlock", "*"), {"deadlock"}).lines.empty());
  EXPECT_EQ(without_rules(of("deadlock", "*"), {"crash"}), of("deadlock", "*"));
}

TEST(Suppressions, DaysAreThoseOfTheCalendar) {
  EXPECT_EQ(date_of("2028-02-29"), Date(2028y / 2 / 29));
  EXPECT_EQ(words_of(2028y / 2 / 9), "2028-02-09");
  for (const char* text : {"2027-02-29", "2027-13-01", "2027-00-01", "2027-1-01", "27-01-01", "",
                           "2027/01/01", "2027-01-0x", "-027-01-01", "2027-01-011"})
    EXPECT_FALSE(date_of(text)) << text;
}

}  // namespace
}  // namespace heddle
