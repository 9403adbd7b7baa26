// The standard programs: dpor runs each class once, and abandons nothing; brute force finds as many where it
// comes to an end. The large ones are bench/classes'.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <ostream>
#include <string>
#include <vector>

#include <heddle/trial/class_count.hpp>
#include <heddle/trial/known_classes.hpp>

namespace heddle::trial {

void PrintTo(const KnownClasses& known, std::ostream* out) { *out << known.name; }

namespace {

constexpr std::uint64_t executions_max = 20'000;
constexpr std::uint64_t classes_max = 800;

std::vector<KnownClasses> small_ones() {
  std::vector<KnownClasses> small;
  for (const KnownClasses& each : known_classes())
    if (each.classes <= classes_max) small.push_back(each);
  return small;
}

std::vector<KnownClasses> those_for_brute_force() {
  std::vector<KnownClasses> small;
  for (const KnownClasses& each : known_classes())
    for (const std::string_view name :
         {"inc_nt(2,1)", "binc(2)", "SB", "MP", "mutex_n(2)", "mutex_2x(2)", "locked_n(2)", "locked_2x(2)",
          "phil(2)", "phil_ok(2)", "cv_handoff(1)"})
      if (each.name == name) small.push_back(each);
  return small;
}

std::string name_of_case(const testing::TestParamInfo<KnownClasses>& info) {
  std::string name(info.param.name);
  std::ranges::replace_if(
      name, [](char each) { return std::isalnum(static_cast<unsigned char>(each)) == 0; }, '_');
  return name;
}

ClassCount count_by(std::string_view strategy, const KnownClasses& known) {
  return count_classes(known.program, strategy, {.granularity = known.granularity()}, executions_max);
}

class KnownClassesOf : public testing::TestWithParam<KnownClasses> {};

TEST_P(KnownClassesOf, AreRunOnceEach) {
  const ClassCount count = count_by("dpor", GetParam());
  EXPECT_TRUE(count.exhausted);
  EXPECT_EQ(count.executions, GetParam().classes);
  EXPECT_EQ(count.classes.size(), GetParam().classes);
  EXPECT_EQ(count.abandoned, 0U);
  if (GetParam().orders == 0) return;
  EXPECT_EQ(count.outcomes.size(), GetParam().orders);
}

INSTANTIATE_TEST_SUITE_P(Programs, KnownClassesOf, testing::ValuesIn(small_ones()), name_of_case);

class BruteForceOn : public testing::TestWithParam<KnownClasses> {};

TEST_P(BruteForceOn, FindsAsMany) {
  const ClassCount all = count_by("exhaustive", GetParam());
  const ClassCount once = count_by("dpor", GetParam());
  EXPECT_TRUE(all.exhausted);
  EXPECT_EQ(all.classes, once.classes);
  EXPECT_EQ(all.outcomes, once.outcomes);
}

INSTANTIATE_TEST_SUITE_P(Programs, BruteForceOn, testing::ValuesIn(those_for_brute_force()), name_of_case);

}  // namespace
}  // namespace heddle::trial
