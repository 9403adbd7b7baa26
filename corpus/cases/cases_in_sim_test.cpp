// The portable cases in the simulated world: all that is declared comes out, and nothing else.
#include <cases/case.hpp>

#include <heddle/api/heddle.hpp>
#include <heddle/cli/judgement.hpp>
#include <heddle/trial/effort.hpp>

namespace heddle::cli {
namespace {

using CaseInSim = Case;

TEST_P(CaseInSim, ComesOutAsDeclared) {
  ASSERT_TRUE(program_);
  Options options;
  options.budget = {.executions = trial::effort(1'000)};
  options.findings_max = 4;
  options.judge_misuse = false;  // that a call is rejected is what some cases are about
  const Result result = explore(program_->body(programs::Time::simulated), options, GetParam());
  const auto wrong = mismatches(program_->declared(), result);
  EXPECT_TRUE(wrong.empty()) << words_of(wrong, result);
}

INSTANTIATE_TEST_SUITE_P(Cases, CaseInSim, testing::ValuesIn(case_files()), name_of);

TEST(CasesInSim, FailIfWrong) {
  const auto plan = wrong_case();
  ASSERT_TRUE(plan);
  EXPECT_EQ(found_words(explore(programs::body_of(plan, programs::Time::simulated), {})), "assertion");
}

TEST(CasesInSim, AreThere) { EXPECT_GE(case_files().size(), 60U); }

/// A case is found by its name: the program is called as its file is, and the number comes first.
TEST(CasesInSim, AreCalledAsTheirFiles) {
  for (const std::string& file : case_files()) {
    const auto program = programs::parse_file(file);
    ASSERT_TRUE(program) << program.error().what;
    EXPECT_EQ(std::string(folder) + "/" + program->name + ".program", file);
  }
}

}  // namespace
}  // namespace heddle::cli
