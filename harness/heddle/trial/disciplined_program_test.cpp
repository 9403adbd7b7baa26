// Nothing is found in correct programs: a thousand of them, drawn by chance, as they are by default. Each
// tenth is a test of its own, so that they may run side by side.
#include <gtest/gtest.h>

#include <heddle/api/heddle.hpp>
#include <heddle/programs/interpreter.hpp>
#include <heddle/programs/parse.hpp>
#include <heddle/programs/plan.hpp>
#include <heddle/trial/disciplined_program.hpp>
#include <heddle/trial/trial.hpp>
#include <stdexcept>
#include <string>

namespace heddle::trial {
namespace {

constexpr std::uint64_t programs = 1'000;
constexpr std::uint64_t tenth = programs / 10;
constexpr std::uint64_t executions = 50;

Result explored(const std::string& text, std::uint64_t seed) {
  auto program = programs::parse(text, "drawn");
  if (!program) throw std::runtime_error(program.error().what);
  const auto planned = programs::plan(*std::move(program), "drawn");
  if (!planned) throw std::runtime_error(planned.error().what);
  Options options = options_of(executions);
  options.seed = options.run.seed = seed;
  return explore(programs::body_of(*planned, programs::Time::simulated), options);
}

std::string sentences_of(const Result& result) {
  std::string sentences;
  if (const auto* failed = std::get_if<Failed>(&result.verdict))
    for (const Failure& failure : failed->failures) sentences += failure.finding.sentence + "\n";
  return sentences;
}

class DisciplinedPrograms : public testing::TestWithParam<std::uint64_t> {};

TEST_P(DisciplinedPrograms, AreFoundToBeWithoutFault) {
  for (std::uint64_t number = GetParam() * tenth; number < GetParam() * tenth + effort(tenth); ++number) {
    const std::string text = draw_disciplined_program(number);
    const Result result = explored(text, number);
    EXPECT_EQ(rules_of(result), Names{}) << sentences_of(result) << text;
    EXPECT_GT(result.coverage.executions, 1U) << text;
  }
}

INSTANTIATE_TEST_SUITE_P(Tenths, DisciplinedPrograms, testing::Range<std::uint64_t>(0, 10));

// What is drawn has something to be found in: without its locks it is a program with faults.
TEST(UndisciplinedPrograms, HaveFaults) {
  constexpr std::uint64_t tried = effort(30);
  std::uint64_t faulty = 0;
  for (std::uint64_t number = 0; number < tried; ++number) {
    std::string text = draw_disciplined_program(number);
    for (std::size_t at = text.find("with "); at != std::string::npos; at = text.find("with ", at)) {
      const std::size_t end = text.find('\n', at);
      text.replace(at, end - at, "repeat 1:");
    }
    if (!rules_of(explored(text, number)).empty()) ++faulty;
  }
  EXPECT_GE(faulty, tried / 2);
}

}  // namespace
}  // namespace heddle::trial
