// A token is a line that people paste: of ten plants, each found at default settings, it has at most 200
// characters.
#include <gtest/gtest.h>

#include <algorithm>
#include <heddle/api/heddle.hpp>
#include <scenarios/registry.hpp>
#include <string>
#include <string_view>

namespace heddle {
namespace {

constexpr std::size_t letters_max = 200;

class TokenLength : public testing::TestWithParam<std::string_view> {};

TEST_P(TokenLength, IsAtMostTwoHundredLetters) {
  const auto scenario = std::ranges::find(scenarios(), GetParam(), &Scenario::name);
  ASSERT_NE(scenario, scenarios().end());
  Options options;
  options.run = run_options_of(*scenario);
  const Result result = explore(scenario->body, options, std::string(scenario->name));
  const auto* const failed = std::get_if<Failed>(&result.verdict);
  ASSERT_NE(failed, nullptr);
  for (const Failure& failure : failed->failures) {
    const std::string token = write_token({.scenario = std::string(scenario->name),
                                           .run = failure.run,
                                           .default_digest = failure.default_digest,
                                           .tape = failure.tape});
    EXPECT_LE(token.size(), letters_max) << token;
  }
}

std::string test_name(const testing::TestParamInfo<std::string_view>& info) {
  std::string name(info.param);
  std::ranges::replace_if(
      name, [](char letter) { return letter == '/' || letter == '-'; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Plants, TokenLength,
                         testing::Values("tutorial/joinable-extra-done", "tutorial/joinable-missing-done",
                                         "tutorial/join-before-drain", "classic/wronglock",
                                         "tutorial/manager-unlocked-get", "tutorial/pipe-two-readers",
                                         "tutorial/value-unlocked", "classic/abba", "classic/lost-update",
                                         "classic/philosophers-3"),
                         test_name);

}  // namespace
}  // namespace heddle
