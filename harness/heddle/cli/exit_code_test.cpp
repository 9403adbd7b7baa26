// Exit codes are an API.
#include <gtest/gtest.h>

#include <heddle/cli/exit_code.hpp>

namespace heddle::cli {
namespace {

Result with(Verdict verdict, bool interrupted = false) {
  Result result;
  result.verdict = std::move(verdict);
  result.interrupted = interrupted;
  return result;
}

Failed failed(Severity severity) {
  Failure failure;
  failure.finding.severity = severity;
  return Failed{{failure}};
}

TEST(ExitCode, FollowsTheVerdict) {
  EXPECT_EQ(exit_code_of(with(Passed{})), ExitCode::clean);
  EXPECT_EQ(exit_code_of(with(failed(Severity::error))), ExitCode::findings);
  EXPECT_EQ(exit_code_of(with(GaveUp{"hang"})), ExitCode::inconclusive);
  EXPECT_EQ(exit_code_of(with(Broken{.why = "nondeterministic", .step = 0})), ExitCode::inconclusive);
}

TEST(ExitCode, OfAWarningAloneIsClean) {
  EXPECT_EQ(exit_code_of(with(failed(Severity::warning))), ExitCode::clean);
}

TEST(ExitCode, FailsOnWhatItIsToldTo) {
  EXPECT_EQ(exit_code_of(with(failed(Severity::warning)), FailOn::warning), ExitCode::findings);
  EXPECT_EQ(exit_code_of(with(failed(Severity::error)), FailOn::warning), ExitCode::findings);
  EXPECT_EQ(exit_code_of(with(failed(Severity::error)), FailOn::never), ExitCode::clean);
  EXPECT_EQ(exit_code_of(with(GaveUp{"hang"}), FailOn::never), ExitCode::inconclusive);
}

TEST(ExitCode, IsThatOfFindingsOnlyWhereTheyCount) {
  EXPECT_EQ(heeding(ExitCode::findings, FailOn::warning), ExitCode::findings);
  EXPECT_EQ(heeding(ExitCode::findings, FailOn::never), ExitCode::clean);
  EXPECT_EQ(heeding(ExitCode::inconclusive, FailOn::never), ExitCode::inconclusive);
}

TEST(ExitCode, OfAnInterruptionIsThatOfWhatWasFound) {
  EXPECT_EQ(exit_code_of(with(Passed{}, true)), ExitCode::inconclusive);
  EXPECT_EQ(exit_code_of(with(failed(Severity::error), true)), ExitCode::findings);
}

}  // namespace
}  // namespace heddle::cli
