// The command gate: every scenario must yield exactly the findings it declares. Correct programs get their
// whole budget; plants are explored until what is expected has been found.
#pragma once

#include <functional>

#include <heddle/api/heddle.hpp>
#include <heddle/cli/context.hpp>
#include <heddle/cli/request.hpp>

namespace heddle::cli {

/// heddle::explore, or something in its place.
using Explore = std::function<Result(const Scenario& scenario, const Options& options)>;

/// Exit code 1 if anything is not as declared, 2 if interrupted before that was known.
/// Error scenario-unknown, also when there is no scenario at all.
Expected<ExitCode> run_gate(const JudgeScenarios& asked, const Context& context, const Explore& explore);

}  // namespace heddle::cli
