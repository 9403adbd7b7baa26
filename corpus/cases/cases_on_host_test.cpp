// The portable cases on the machine, which shows what it happens to: what it shows must be declared, and not
// all that is need show.
#include <cases/case.hpp>

#include <heddle/api/heddle.hpp>
#include <heddle/cli/judgement.hpp>
#include <heddle/worlds/host/host.hpp>

namespace heddle::cli {
namespace {

using CaseOnHost = Case;

TEST_P(CaseOnHost, ShowsOnlyWhatIsDeclared) {
  ASSERT_TRUE(program_);
  const Scenario& declared = program_->declared();
  const Program program{.name = GetParam(), .body = program_->body(programs::Time::real)};
  const Result result = host::explore(program, {.executions = 5, .judge_misuse = false});
  EXPECT_FALSE(std::holds_alternative<GaveUp>(result.verdict));
  EXPECT_TRUE(has_only_expected(declared, result)) << words_of({}, result);
  for (const std::string& outcome : result.outcomes)
    EXPECT_TRUE(std::ranges::find(declared.outcomes, outcome) != declared.outcomes.end() ||
                declared.outcomes.empty())
        << outcome;
}

INSTANTIATE_TEST_SUITE_P(Cases, CaseOnHost, testing::ValuesIn(case_files()), name_of);

TEST(CasesOnHost, FailIfWrong) {
  const auto plan = wrong_case();
  ASSERT_TRUE(plan);
  const Program program{.name = "wrong", .body = programs::body_of(plan, programs::Time::real)};
  EXPECT_EQ(found_words(host::explore(program, {.executions = 1})), "assertion");
}

}  // namespace
}  // namespace heddle::cli
