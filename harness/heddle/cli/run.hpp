// The commands run and replay: one scenario, one result, one report.
#pragma once

#include <heddle/cli/context.hpp>
#include <heddle/cli/request.hpp>
#include <heddle/cli/sharing.hpp>
#include <heddle/cli/subject.hpp>

namespace heddle::cli {

/// The search that a run in the simulated world asks for.
Search search_of(const RunScenario& asked, const Subject& subject);

/// What was asked for in words: "buffer: strategy random, seed 1, granularity op, budget 10,000 executions".
std::string title_of(const Search& search);

/// Judges and reports a result of the simulated world. `is_all` is false for one shard of several, which is
/// not held to what its program declares; a sentence of `lacking` keeps what is clean from being conclusive.
/// `fail_on` absent: errors make the exit code 1, or of a program whatever it does not declare. Error
/// result-unwritable for a report.
Expected<ExitCode> tell(const Subject& subject, const Result& result, bool is_all,
                        const std::vector<std::string>& lacking, const std::vector<ReportAsked>& reports,
                        const Context& context, std::optional<FailOn> fail_on = {});

/// Errors: scenario-unknown, host-refused, those of load_suppressions, of run_shared and of write_shrunk.
Expected<ExitCode> run_scenario(const RunScenario& asked, const Context& context);

/// Errors: those of read_token, token-foreign when the scenario is none of this binary's, and step-unreached
/// when the execution ends before the step to break at.
Expected<ExitCode> replay_token(const ReplayToken& asked, const Context& context);

}  // namespace heddle::cli
