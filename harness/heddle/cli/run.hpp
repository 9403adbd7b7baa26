// The commands run and replay: one scenario, one result, one report.
#pragma once

#include <heddle/cli/context.hpp>
#include <heddle/cli/request.hpp>

namespace heddle::cli {

/// Errors: scenario-unknown, host-refused.
Expected<ExitCode> run_scenario(const RunScenario& asked, const Context& context);

/// Errors: those of read_token, and token-foreign when the scenario is none of this binary's.
Expected<ExitCode> replay_token(const ReplayToken& asked, const Context& context);

}  // namespace heddle::cli
