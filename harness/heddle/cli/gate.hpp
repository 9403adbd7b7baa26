// The command gate: every scenario must yield exactly the findings it declares, and those of a baseline.
// Correct programs get their whole budget; plants are explored until what is expected has been found.
#pragma once

#include <heddle/cli/gate_search.hpp>
#include <heddle/core/report.hpp>

namespace heddle::cli {

/// `regressions`: what was judged before, for the reports. Exit code 1 if anything is not as declared, 2 if
/// interrupted before that was known. Errors scenario-unknown, also when there is no scenario at all,
/// baseline-unreadable, baseline-malformed, and result-unwritable for a report or the baseline.
Expected<ExitCode> run_gate(const JudgeScenarios& asked, const Context& context, const Explore& explore,
                            std::vector<ReportItem> regressions = {});

}  // namespace heddle::cli
