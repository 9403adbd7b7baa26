// What can be asked for, and what is answered to the rest.
#include <gtest/gtest.h>

#include <heddle/cli/explain.hpp>
#include <heddle/core/rules.hpp>

namespace heddle::cli {
namespace {

TEST(Explain, HasSomethingToSayOfEveryRule) {
  for (const Rule& rule : rules()) EXPECT_TRUE(explained(rule.id, {})->starts_with(rule.id)) << rule.id;
  for (const UnobservedRule& rule : unobserved_rules())
    EXPECT_NE(explained(rule.id, {})->find(rule.why), std::string::npos) << rule.id;
}

TEST(Explain, UsesBoldLettersWhereThereAreColours) {
  EXPECT_EQ(explained("deadlock", {})->find('\033'), std::string::npos);
  EXPECT_TRUE(explained("deadlock", {.colour = true})->starts_with("\033[1mdeadlock"));
}

TEST(Explain, NamesWhatIsNear) {
  const Error error = explained("dedlock", {}).error();
  EXPECT_EQ(error.code, "rule-unknown");
  EXPECT_EQ(error.exit, ExitCode::usage);
  EXPECT_NE(error.hint.find("'deadlock'"), std::string::npos);
}

}  // namespace
}  // namespace heddle::cli
