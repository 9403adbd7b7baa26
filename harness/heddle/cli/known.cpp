// See the header.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include <heddle/cli/known.hpp>
#include <heddle/results/whole_file.hpp>

namespace heddle::cli {
namespace {

results::KnownFinding as_known(const std::string& scenario, const Finding& finding, const std::string& root) {
  return {.scenario = scenario,
          .rule = finding.rule,
          .object = finding.object,
          .fingerprint = fingerprint_of(root, scenario, finding)};
}

}  // namespace

Expected<results::Baseline> load_baseline(const std::string& file, bool may_be_missing) {
  std::error_code ignored;
  if (may_be_missing && !std::filesystem::exists(file, ignored)) return results::Baseline{};
  const Expected<std::string> text = results::read_whole(file);
  if (!text)
    return tl::unexpected(Error{.code = "baseline-unreadable",
                                .what = fmt::format("cannot read the baseline {}", file),
                                .hint = "--fix writes one"});
  return results::read_baseline(*text, file);
}

std::size_t known_of(const results::Baseline& baseline, std::string_view scenario) {
  return static_cast<std::size_t>(std::ranges::count(baseline, scenario, &results::KnownFinding::scenario));
}

Compared compared(const ReportItem& item, const results::Baseline& baseline, const std::string& root) {
  Compared made{.rest = item.result, .unchanged = {}, .absent = {}};
  results::Baseline left;
  for (const results::KnownFinding& known : baseline)
    if (known.scenario == item.scenario) left.insert(known);
  const auto is_known = [&](const Failure& failure) {
    results::KnownFinding known = as_known(item.scenario, failure.finding, root);
    if (!baseline.contains(known)) return false;
    left.erase(known);
    made.unchanged.push_back(std::move(known));
    return true;
  };
  if (auto* const failed = std::get_if<Failed>(&made.rest.verdict)) {
    std::erase_if(failed->failures, is_known);
    if (failed->failures.empty()) made.rest.verdict = Passed{};
  }
  made.absent.assign(left.begin(), left.end());
  return made;
}

results::Baseline alarms_in(const ReportItem& item, const std::string& root) {
  results::Baseline all;
  for (const Failure* failure : alarms_of(item)) all.insert(as_known(item.scenario, failure->finding, root));
  return all;
}

std::string words_of(const results::KnownFinding& known) {
  return known.object.empty() ? known.rule : fmt::format("{} of {}", known.rule, known.object);
}

}  // namespace heddle::cli
