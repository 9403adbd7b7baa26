// What a command line asks for, as values: all names looked up, all numbers read. The rest of the CLI never
// sees a flag.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <heddle/cli/exit_code.hpp>
#include <heddle/cli/reporting.hpp>
#include <heddle/core/options.hpp>
#include <heddle/core/suppressions.hpp>
#include <heddle/histories/history_text.hpp>
#include <heddle/linearizability/models/registry.hpp>
#include <heddle/results/result_file.hpp>

namespace heddle::cli {

/// --help and --version.
struct ShowText {
  std::string text;
};

enum class Table : std::uint8_t { scenarios, rules, strategies, reports, worlds };
struct ShowTable {
  Table table{};
};

struct ExplainRule {
  std::string rule;
};

struct RunScenario {
  std::string scenario;
  std::string strategy = std::string(default_strategy);
  std::string world = "sim";
  std::vector<ReportAsked> reports = {};
  std::uint64_t seed = 1;
  std::optional<Budget> budget;            // absent: the world's default
  std::optional<Granularity> granularity;  // absent: the scenario's
  std::optional<TimeMode> time;            // absent: the scenario's
  FaultSet faults = {};
  std::uint32_t faults_max = 0;
  std::uint32_t findings_max = 1;
  bool checks_determinism = false;
  std::string shrink_to = {};          // a file for the smallest program that shows the finding; empty: none
  std::uint32_t jobs = 1;              // processes
  results::Shard shard = {};           // whose executions they share
  std::string result = {};             // the file for what was seen; empty: none
  std::string resume = {};             // a file of an earlier run, which says all but jobs, result and report
  std::string suppressions_file = {};  // empty: none
  Suppressions suppressions = {};      // what that holds, or what the earlier run had
  bool prints_lines = false;           // JSON lines instead of text
  std::optional<FailOn> fail_on = {};  // absent: on errors, or on whatever a program does not declare
};

struct ReplayToken {
  std::string token = {};
  std::vector<ReportAsked> reports = {};
  bool is_lenient = false;
  std::optional<std::uint64_t> break_at = {};  // a step
  std::string suppressions_file = {};          // those of the run that printed the token; empty: none
  bool prints_lines = false;                   // JSON lines instead of text
};

/// How some of the scenarios are judged; what is absent is the gate's.
struct Suite {
  std::string name;
  std::vector<std::string> scenarios = {};  // patterns: * stands for any letters
  std::optional<std::string> strategy = {};
  std::optional<Budget> budget = {};
  FaultSet faults = {};  // beside the scenario's own
  std::uint32_t faults_max = 0;
};

struct JudgeScenarios {
  std::vector<std::string> scenarios;  // empty: all
  std::string strategy = std::string(default_strategy);
  std::uint64_t seed = 1;
  std::optional<Budget> budget;                 // of each scenario; absent: the gate shares its minute out
  std::optional<std::string> regressions = {};  // a folder of tapes; absent: the binary's own; empty: none
  std::uint32_t jobs = 1;                       // processes for each scenario
  std::string suppressions_file = {};           // empty: none
  Suppressions suppressions = {};               // what that holds
  std::vector<ReportAsked> reports = {};
  std::vector<Suite> suites =
      {};  // a scenario is of the first whose pattern matches; empty: all are the gate's
  std::optional<std::chrono::duration<double>> time = {};  // for all together; absent: a minute
  std::string only = {};             // a pattern that scenarios have to match as well; empty: none
  results::Shard shard = {};         // which of them, by turns
  std::string baseline = {};         // a file of findings that are known; empty: none
  bool fixes_baseline = false;       // writes it anew
  FailOn fail_on = FailOn::warning;  // of what is not declared
  bool prints_lines = false;         // JSON lines instead of text
};

/// One result out of the results of shards.
struct MergeResults {
  std::vector<std::string> files;
  std::vector<ReportAsked> reports = {};
  bool prints_lines = false;  // JSON lines instead of text
};

/// Histories of calls from elsewhere, held against a sequential model.
struct JudgeHistories {
  std::vector<std::string> files;
  const linearizability::ModelRow* model = nullptr;
  std::int64_t value = 0;  // permits or maxsize
  histories::Format format = histories::Format::edn;
  std::chrono::duration<double> time{60};  // for each file
};

/// Somebody else's multiprocessing under the suite of cases (harness/heddle/conform/).
struct ConformPort {
  enum class What : std::uint8_t { run, smoke, list, matrix };
  What what = What::run;
  std::string adapter = {};  // a command for a shell
  std::string only = {};     // a pattern of ids or rows; empty: all
  std::string suite = {};    // a folder; empty: the binary's own
  std::string strategy = "random";
  std::uint64_t seed = 1;
  Budget budget = {.executions = 1};           // of each case
  std::chrono::duration<double> deadline{10};  // of each execution
  std::string start_method = {};               // empty: the adapter's first
  std::string order = {};                      // of issue, of the one case that is run; empty: the strategy's
  std::vector<ReportAsked> reports = {};
  std::string failures = {};  // a file of known failures; empty: none
  bool fixes_failures = false;
  bool validates = false;
  bool prints_json = false;             // of list
  std::vector<std::string> files = {};  // of matrix: what --report json:FILE has written
};

/// What the same seed must give everywhere.
struct ShowDigests {
  std::uint64_t seed = 1;
  std::uint64_t executions = 1'000;  // of each scenario
};

using Request = std::variant<ShowText, ShowTable, ExplainRule, RunScenario, ReplayToken, JudgeScenarios,
                             ShowDigests, MergeResults, JudgeHistories, ConformPort>;

}  // namespace heddle::cli
