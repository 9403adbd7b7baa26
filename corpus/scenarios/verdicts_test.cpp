// Each scenario of the tutorial and of the faults, explored and judged as the gate does: it finds exactly
// what it declares. Other than the gate, which explores more, the search does not stop at the first finding,
// so that a second bug in a plant is noticed.
#include <gtest/gtest.h>

#include <cctype>
#include <heddle/api/heddle.hpp>
#include <heddle/api/text_report.hpp>
#include <heddle/cli/judgement.hpp>
#include <heddle/trial/effort.hpp>
#include <ostream>
#include <scenarios/registry.hpp>
#include <string>
#include <vector>

namespace heddle {

// How GoogleTest shows a parameter; found by its name.
void PrintTo(const Scenario& scenario, std::ostream* out) { *out << scenario.name; }

namespace {

Options options_for(const Scenario& scenario) {
  Options options;
  options.run = run_options_of(scenario);
  options.budget.executions = scenario.expected.empty() ? trial::effort(2'000) : 2'000;
  options.findings_max = 8;
  return options;
}

class Verdicts : public testing::TestWithParam<Scenario> {};

TEST_P(Verdicts, FindsExactlyWhatItDeclares) {
  const Scenario& scenario = GetParam();
  const std::string name(scenario.name);
  const Result result = explore(scenario.body, options_for(scenario), name);
  EXPECT_EQ(cli::mismatches(scenario, result), std::vector<std::string>())
      << text_report(result, {.scenario = name, .replay_command = "heddle replay"});
}

// "tutorial/queue-basics" -> "QueueBasics".
std::string test_name(const testing::TestParamInfo<Scenario>& info) {
  std::string name;
  bool begins_word = true;
  for (const char letter : info.param.name.substr(info.param.name.find('/') + 1)) {
    if (letter == '-') {
      begins_word = true;
      continue;
    }
    name += begins_word ? static_cast<char>(std::toupper(static_cast<unsigned char>(letter))) : letter;
    begins_word = false;
  }
  return name;
}

std::vector<Scenario> all() {
  std::vector<Scenario> all;
  for (const Scenario& scenario : scenarios())
    if (scenario.name.starts_with("tutorial/") || scenario.name.starts_with("faults/"))
      all.push_back(scenario);
  return all;
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Verdicts, testing::ValuesIn(all()), test_name);

}  // namespace
}  // namespace heddle
