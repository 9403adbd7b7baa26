// The portable cases: every program under corpus/cases, in the simulated world and on the machine. Each
// declares in its text what is to come out; a case is one test per world, named after its file.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <heddle/api/heddle.hpp>
#include <heddle/cli/judgement.hpp>
#include <heddle/cli/subject.hpp>
#include <heddle/programs/parse.hpp>
#include <heddle/worlds/host/host.hpp>

namespace heddle::cli {
namespace {

constexpr const char* folder = "corpus/cases";  // tests run in the source root

std::vector<std::string> case_files() {
  std::vector<std::string> files;
  std::error_code absent;  // the test below says so
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, absent))
    if (entry.path().extension() == ".program") files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

/// corpus/cases/queue/033-fresh.program -> queue_033_fresh.
std::string name_of(const testing::TestParamInfo<std::string>& file) {
  std::string name = std::filesystem::path(file.param).lexically_relative(folder).replace_extension();
  std::ranges::replace_if(
      name, [](char letter) { return letter == '/' || letter == '-'; }, '_');
  return name;
}

std::string words_of(const std::vector<std::string>& sentences, const Result& result) {
  std::string words;
  for (const std::string& sentence : sentences) words += sentence + "\n";
  if (const Failed* failed = std::get_if<Failed>(&result.verdict))
    for (const Failure& failure : failed->failures) words += failure.finding.sentence + "\n";
  return words;
}

class Case : public testing::TestWithParam<std::string> {
 protected:
  Case() {
    const auto loaded = LoadedProgram::load(GetParam());
    if (loaded)
      program_ = *loaded;
    else
      ADD_FAILURE() << loaded.error().what << "\n" << loaded.error().hint;
  }
  std::optional<LoadedProgram> program_;
};
using CaseInSim = Case;
using CaseOnHost = Case;

TEST_P(CaseInSim, ComesOutAsDeclared) {
  ASSERT_TRUE(program_);
  Options options;
  options.budget = {.executions = 1'000, .time = std::chrono::seconds(2)};
  options.findings_max = 4;
  options.judge_misuse = false;  // that a call is rejected is what some cases are about
  const Result result = explore(program_->body(programs::Time::simulated), options, GetParam());
  const auto wrong = mismatches(program_->declared(), result);
  EXPECT_TRUE(wrong.empty()) << words_of(wrong, result);
}

/// The machine shows what it happens to: what it shows must be declared, and not all that is need show.
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

INSTANTIATE_TEST_SUITE_P(Cases, CaseInSim, testing::ValuesIn(case_files()), name_of);
INSTANTIATE_TEST_SUITE_P(Cases, CaseOnHost, testing::ValuesIn(case_files()), name_of);

/// The canary: a case that declares something else than what comes out fails in both worlds.
TEST(Cases, FailIfWrong) {
  const auto program = programs::parse(
      "program wrong\nobject tasks = Queue()\nprocess main:\n  child.start()\n  tasks.get() == 2\n"
      "  child.join()\nprocess child:\n  tasks.put(1)\n",
      "wrong");
  ASSERT_TRUE(program);
  const auto planned = programs::plan(*program, "wrong");
  ASSERT_TRUE(planned);
  const Result in_sim = explore(programs::body_of(*planned, programs::Time::simulated), {});
  EXPECT_EQ(found_words(in_sim), "assertion");
  const Program body{.name = "wrong", .body = programs::body_of(*planned, programs::Time::real)};
  EXPECT_EQ(found_words(host::explore(body, {.executions = 1})), "assertion");
}

TEST(Cases, AreThere) { EXPECT_GE(case_files().size(), 60U); }

/// A case is found by its name: the program is called as its file is, and the number comes first.
TEST(Cases, AreCalledAsTheirFiles) {
  for (const std::string& file : case_files()) {
    const auto program = programs::parse_file(file);
    ASSERT_TRUE(program) << program.error().what;
    EXPECT_EQ(std::string(folder) + "/" + program->name + ".program", file);
  }
}

}  // namespace
}  // namespace heddle::cli
