// What keeps two results apart, in words.
#include <fmt/format.h>
#include <algorithm>

#include <heddle/results/result_file.hpp>

namespace heddle::results {
namespace {

std::string words_of_budget(const Budget& budget) {
  if (budget.time) return fmt::format("{:g}s", budget.time->count());
  return fmt::format("{}x", budget.executions);
}

/// Of one file, the first line that is not in both, or has expired in between.
std::string differing(const Suppressions& left, const Suppressions& right) {
  const auto named = [](const Suppressions& each) { return each.file.empty() ? "none" : each.file; };
  if (left.file != right.file || left.lines.size() != right.lines.size())
    return fmt::format("suppressions: {} with {} lines and {} with {}", named(left), left.lines.size(),
                       named(right), right.lines.size());
  const auto differs = std::ranges::mismatch(left.lines, right.lines).in1;
  return fmt::format("suppressions: line {} of {}", differs->line, left.file);
}

}  // namespace

std::optional<std::string> difference(const Asked& left, const Asked& right) {
  const auto differ = [](std::string_view what, const auto& one, const auto& other) {
    return fmt::format("{}: {} and {}", what, one, other);
  };
  if (left.version != right.version) return differ("version", left.version, right.version);
  if (left.program != right.program) return differ("program", left.program, right.program);
  if (left.program_digest != right.program_digest) return "the program has changed between them";
  if (left.strategy != right.strategy) return differ("strategy", left.strategy, right.strategy);
  if (left.seed != right.seed) return differ("seed", left.seed, right.seed);
  if (left.budget.executions != right.budget.executions || left.budget.time != right.budget.time)
    return differ("budget", words_of_budget(left.budget), words_of_budget(right.budget));
  if (left.run.granularity != right.run.granularity)
    return differ("granularity", name_of(left.run.granularity), name_of(right.run.granularity));
  if (left.run.time != right.run.time) return differ("time", name_of(left.run.time), name_of(right.run.time));
  if (left.looks_beyond_maximal != right.looks_beyond_maximal)
    return "time: maximal alone, and a fifth of the executions in another mode";
  if (left.run.faults != right.run.faults || left.run.faults_max != right.run.faults_max)
    return differ("faults", fmt::format("{} at most {}", words_of(left.run.faults), left.run.faults_max),
                  fmt::format("{} at most {}", words_of(right.run.faults), right.run.faults_max));
  if (left.findings_max != right.findings_max)
    return differ("findings-max", left.findings_max, right.findings_max);
  if (left.suppressions != right.suppressions) return differing(left.suppressions, right.suppressions);
  if (left.run != right.run) return "what else is asked of each execution";
  return std::nullopt;
}

}  // namespace heddle::results
