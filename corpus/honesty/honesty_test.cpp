// The honesty check with few runs, so that each build holds sim against its own host. ci/honesty does it with
// many. No stranger may show, whether or not sim's search was exhausted.
#include <gtest/gtest.h>

#include <cctype>
#include <heddle/api/honesty.hpp>
#include <honesty/registry.hpp>
#include <set>
#include <string>

namespace heddle::honesty {

// For the test's name only.
void PrintTo(const HonestyProgram& program, std::ostream* out) { *out << program.name; }

namespace {

constexpr HonestyOptions few{
    .systematic_max = 800, .random_min = 800, .random_max = 200'000, .host_runs = 20};

class HonestyOf : public testing::TestWithParam<HonestyProgram> {};

TEST_P(HonestyOf, TheSimulatedWorld) {
  const HonestyProgram& program = GetParam();
  const Comparison found = compare_worlds(program.body, few, std::string(program.name));
  EXPECT_EQ(found.trouble, "");
  EXPECT_EQ(found.strangers, std::set<std::string>{});
  EXPECT_GE(found.sim.size(), 3U);
  EXPECT_GE(found.host.size(), 1U);
  EXPECT_EQ(found.host_runs, few.host_runs);
}

std::string name_of_case(const testing::TestParamInfo<HonestyProgram>& info) {
  std::string name;
  for (const char letter : info.param.name)
    name += std::isalnum(static_cast<unsigned char>(letter)) != 0 ? letter : '_';
  return name;
}

INSTANTIATE_TEST_SUITE_P(EveryProgram, HonestyOf, testing::ValuesIn(programs()), name_of_case);

TEST(HonestyPrograms, AreAtLeastThirtyAndHaveNamesOfTheirOwn) {
  std::set<std::string_view> names;
  for (const HonestyProgram& program : programs()) names.insert(program.name);
  EXPECT_EQ(names.size(), programs().size());
  EXPECT_GE(programs().size(), 30U);
}

}  // namespace
}  // namespace heddle::honesty
