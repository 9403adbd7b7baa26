// Checked-in tapes: a folder of text files, each the one interleaving of a finding that must not come, or
// for a plant must not get lost, unnoticed. The gate runs them before it searches anything.
//
//   # a comment
//   name: joinable-extra-done
//   token: h1-...
//   rule: task-done-overflow
//   expect: still failing
//   why: the second task_done of one item came to be reported as a crash once
//
// A tape is over a scenario of the binary, or over a program's text that lies beside it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/cli/context.hpp>
#include <heddle/cli/request.hpp>
#include <heddle/core/error.hpp>
#include <heddle/core/report.hpp>
#include <heddle/core/token.hpp>
#include <heddle/core/verdict.hpp>

namespace heddle::cli {

enum class RegressionStatus : std::uint8_t {
  still_failing,  // the tape shows the finding
  fixed,          // it does not, and neither does anything that was run near it
  diverged,       // it does not fit or shows nothing, and near it the finding was found again
  unreachable,    // there is no telling: the scenario is gone, or an execution did not end
};
std::string_view name_of(RegressionStatus status);
std::optional<RegressionStatus> regression_status_of(std::string_view name);

struct Regression {
  std::string name = {};
  Token token = {};
  std::string rule = {};
  RegressionStatus expected{};
  std::string why = {};
  std::string folder = {};  // where its file is; empty: nowhere
};

/// `file` is for the error. Error regression-malformed, with the line.
Expected<Regression> read_regression(std::string_view text, const std::string& file);

/// Every *.tape of a folder, in the order of their file names. Errors regressions-unreadable and
/// regression-malformed.
Expected<std::vector<Regression>> read_regressions(const std::string& folder);

struct RegressionFound {
  RegressionStatus status{};
  std::string words = {};                  // how it came to be that
  std::optional<Result> found_again = {};  // diverged: with a tape that fits
};
RegressionFound try_regression(const Regression& regression, const Context& context);

struct RegressionsJudged {
  ExitCode code =
      ExitCode::clean;  // 1 if any is not what its file expects, 2 if interrupted before that was known
  std::vector<ReportItem> items = {};  // one for each tape, as "regressions/NAME"
};

/// Runs the tapes of the folder asked for, or of the binary's own; of some scenarios only, if some are named;
/// of several shares the first alone does. Errors as above.
Expected<RegressionsJudged> run_regressions(const JudgeScenarios& asked, const Context& context);

}  // namespace heddle::cli
