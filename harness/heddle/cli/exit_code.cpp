// Findings outrank everything else that may have happened: an interrupted search that found something has
// done its work.
#include <algorithm>

#include <heddle/cli/exit_code.hpp>

namespace heddle::cli {

std::optional<FailOn> fail_on_of(std::string_view name) {
  if (name == "error") return FailOn::error;
  if (name == "warning") return FailOn::warning;
  if (name == "never") return FailOn::never;
  return std::nullopt;
}

ExitCode heeding(ExitCode code, FailOn fail_on) {
  return code == ExitCode::findings && fail_on == FailOn::never ? ExitCode::clean : code;
}

ExitCode exit_code_of(const Result& result, FailOn fail_on) {
  const bool is_verdict =
      std::holds_alternative<Passed>(result.verdict) || std::holds_alternative<Failed>(result.verdict);
  if (!is_verdict) return ExitCode::inconclusive;
  if (const Failed* failed = std::get_if<Failed>(&result.verdict))
    if (std::ranges::any_of(failed->failures, [&](const Failure& failure) {
          return fail_on == FailOn::warning ||
                 (fail_on == FailOn::error && failure.finding.severity == Severity::error);
        }))
      return ExitCode::findings;
  return result.interrupted ? ExitCode::inconclusive : ExitCode::clean;
}

}  // namespace heddle::cli
