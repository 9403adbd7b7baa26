// Findings outrank everything else that may have happened: an interrupted search that found something has
// done its work.
#include <algorithm>

#include <heddle/cli/exit_code.hpp>

namespace heddle::cli {

ExitCode exit_code_of(const Result& result) {
  const bool is_verdict =
      std::holds_alternative<Passed>(result.verdict) || std::holds_alternative<Failed>(result.verdict);
  if (!is_verdict) return ExitCode::inconclusive;
  if (const Failed* failed = std::get_if<Failed>(&result.verdict))
    if (std::ranges::any_of(failed->failures, [](const Failure& failure) {
          return failure.finding.severity == Severity::error;
        }))
      return ExitCode::findings;
  return result.interrupted ? ExitCode::inconclusive : ExitCode::clean;
}

}  // namespace heddle::cli
