// Searches with the oracles only that say why an execution did not end well: what the programs do on purpose
// (unlocked updates, say) is no news here.
#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <utility>

#include <heddle/api/composition.hpp>
#include <heddle/api/honesty.hpp>
#include <heddle/oracles/registry.hpp>
#include <heddle/worlds/host/host.hpp>

namespace heddle {
namespace {

constexpr std::uint64_t round_executions = 200;
// A disturbed run gives way to whatever else the machine does: only one that truly hangs lasts so long.
constexpr std::chrono::seconds host_deadline(120);
constexpr std::array<std::string_view, 2> oracles_needed = {"endings", "wait-for"};

std::vector<std::unique_ptr<Oracle>> make_oracles() {
  std::vector<std::unique_ptr<Oracle>> made;
  for (const OracleRow& row : oracles())
    if (std::ranges::find(oracles_needed, row.name) != oracles_needed.end()) made.push_back(row.make());
  return made;
}

std::string words_of(std::string_view world, const Result& result) {
  const std::string where = std::string(world) + ": ";
  if (const auto* failed = std::get_if<Failed>(&result.verdict)) {
    const Finding& finding = failed->failures.at(0).finding;
    return where + finding.rule + ": " + finding.sentence;
  }
  if (const auto* gave_up = std::get_if<GaveUp>(&result.verdict)) return where + gave_up->why;
  if (const auto* broken = std::get_if<Broken>(&result.verdict)) return where + broken->why;
  return {};
}

class Comparing {
 public:
  Comparing(std::function<void()> body, const HonestyOptions& options, std::string name)
      : program_{.name = std::move(name), .body = std::move(body)}, options_(options) {}

  Comparison compare() {
    search("exhaustive", Granularity::os, options_.seed, options_.systematic_max);
    if (!is_over()) search_by_chance(options_.random_min);
    if (found_.trouble.empty()) run_on_host();
    judge(found_);
    if (!is_over() && !found_.strangers.empty()) {
      search_by_chance(options_.random_max);
      judge(found_);
    }
    return std::move(found_);
  }

 private:
  bool is_over() const { return found_.exhausted || !found_.trouble.empty(); }

  // By turns at both granularities: whatever happens at op can happen at os, and a walk that switches seldom
  // comes to orders in which one process is far ahead of another.
  void search_by_chance(std::uint64_t executions) {
    const std::uint64_t end = chance_ + executions;
    while (chance_ < end && found_.trouble.empty() && (found_.strangers.empty() || has_strangers())) {
      const bool is_even = chance_ / round_executions % 2 == 0;
      search("portfolio", is_even ? Granularity::os : Granularity::op, options_.seed + chance_,
             std::min(round_executions, end - chance_));
      chance_ += round_executions;
    }
  }

  bool has_strangers() const { return !std::ranges::includes(found_.sim, found_.host); }

  void search(std::string_view by, Granularity granularity, std::uint64_t seed, std::uint64_t executions) {
    const Composition composition(*strategy(by), seed, {}, {});
    Parts parts = composition.parts();
    parts.oracles = oracles_;
    Exploration exploration;
    exploration.run = {.granularity = granularity, .time = TimeMode::races, .seed = options_.seed};
    exploration.budget.executions = executions;
    const Result result = explore(program_, exploration, parts);
    found_.sim.insert(result.outcomes.begin(), result.outcomes.end());
    found_.sim_executions += result.coverage.executions;
    if (granularity == Granularity::os && result.coverage.exhausted) found_.exhausted = true;
    found_.trouble = words_of("sim", result);
  }

  void run_on_host() {
    host::HostOptions host;
    host.executions = options_.host_runs;
    host.seed = options_.seed;
    host.deadline = host_deadline;
    host.judge_misuse = false;
    host.jitter = options_.jitter;
    const Result result = host::explore(program_, host);
    found_.host = result.outcomes;
    found_.host_runs = result.coverage.executions;
    found_.trouble = words_of("host", result);
  }

  const Program program_;
  const HonestyOptions options_;
  const std::vector<std::unique_ptr<Oracle>> oracles_ = make_oracles();
  Comparison found_;
  std::uint64_t chance_ = 0;  // executions by chance so far
};

}  // namespace

std::string_view name_of(Honesty honesty) {
  switch (honesty) {
    case Honesty::passed:
      return "passed";
    case Honesty::inconclusive:
      return "inconclusive";
    case Honesty::failed:
      return "failed";
  }
  return "unknown";
}

void judge(Comparison& comparison) {
  comparison.strangers.clear();
  std::ranges::set_difference(comparison.host, comparison.sim,
                              std::inserter(comparison.strangers, comparison.strangers.end()));
  comparison.verdict = comparison.exhausted ? Honesty::passed : Honesty::inconclusive;
  if (!comparison.trouble.empty() || (comparison.exhausted && !comparison.strangers.empty()))
    comparison.verdict = Honesty::failed;
}

Comparison compare_worlds(std::function<void()> body, const HonestyOptions& options, std::string name) {
  return Comparing(std::move(body), options, std::move(name)).compare();
}

}  // namespace heddle
