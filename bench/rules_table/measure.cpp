// Explorations at default settings, by seed.
#include <algorithm>
#include <bench/rules_table/measure.hpp>
#include <heddle/api/heddle.hpp>
#include <heddle/oracles/registry.hpp>
#include <heddle/strategies/registry.hpp>
#include <heddle/worlds/sim/world.hpp>
#include <memory>
#include <string>

namespace heddle::rules_table {
namespace {

constexpr std::string_view family = "misuse/";
constexpr std::string_view mended = "-fixed";

// "misuse/task-done-overflow-2-fixed": the rule and a number.
bool is_of(std::string_view name, const Rule& rule) {
  if (!name.starts_with(family)) return false;
  name.remove_prefix(family.size());
  if (name.ends_with(mended)) name.remove_suffix(mended.size());
  if (!name.starts_with(rule.id) || name.size() < rule.id.size() + 2 || name[rule.id.size()] != '-')
    return false;
  name.remove_prefix(rule.id.size() + 1);
  return name.find_first_not_of("0123456789") == std::string_view::npos;
}

Options options_for(const Scenario& scenario, std::uint64_t seed, std::uint64_t executions) {
  Options options;
  options.seed = seed;
  options.budget.executions = executions;
  options.run = run_options_of(scenario);
  options.run.seed = seed;
  options.heeds_environment = false;
  return options;
}

const Failure* failure_of(const Result& result, const Rule& rule) {
  const auto* const failed = std::get_if<Failed>(&result.verdict);
  if (failed == nullptr) return nullptr;
  const auto found =
      std::ranges::find(failed->failures, rule.id, [](const Failure& each) { return each.finding.rule; });
  return found == failed->failures.end() ? nullptr : &*found;
}

// Is it told by an execution in which no harm shows?
bool is_predicted(const Scenario& plant, const Rule& rule) {
  constexpr std::uint64_t executions = 200;
  std::vector<std::unique_ptr<Oracle>> oracles;
  for (const OracleRow& row : heddle::oracles()) oracles.push_back(row.make());
  const std::unique_ptr<World> world = sim::make_world();
  const std::unique_ptr<Strategy> strategy = heddle::strategy("random")->make(1);
  const Program program{.name = std::string(plant.name), .body = plant.body};
  for (std::uint64_t n = 0; n < executions && strategy->begin(n); ++n) {
    const Execution& execution =
        world->run(program, run_options_of(plant), *strategy, oracles, Record::nothing);
    for (const Finding& finding : execution.findings)
      if (finding.rule == rule.id && finding.harm == Harm::predicted) return true;
    strategy->end();
  }
  return false;
}

void measure_plant(const Scenario& plant, const Rule& rule, const Limits& limits, Measured& measured) {
  ++measured.plants;
  std::uint64_t by = 0;
  for (std::uint64_t seed = 1; seed <= limits.seeds; ++seed) {
    const Result result =
        explore(plant.body, options_for(plant, seed, limits.plant_cap), std::string(plant.name));
    const Failure* const failure = failure_of(result, rule);
    if (failure == nullptr) continue;
    ++by;
    measured.executions.push_back(failure->found_at);
  }
  if (by == limits.seeds) ++measured.caught;
  if (rule.predicts && is_predicted(plant, rule)) ++measured.predicted;
}

}  // namespace

bool is_plant_of(const Scenario& scenario, const Rule& rule) {
  return is_of(scenario.name, rule) && !scenario.name.ends_with(mended);
}
bool is_twin_of(const Scenario& scenario, const Rule& rule) {
  return is_of(scenario.name, rule) && scenario.name.ends_with(mended);
}

Measured measure(const Rule& rule, std::span<const Scenario> scenarios, const Limits& limits) {
  Measured measured;
  for (const Scenario& scenario : scenarios) {
    if (is_plant_of(scenario, rule)) measure_plant(scenario, rule, limits, measured);
    if (!is_twin_of(scenario, rule)) continue;
    ++measured.twins;
    const Result result =
        explore(scenario.body, options_for(scenario, 1, limits.twin_executions), std::string(scenario.name));
    if (std::holds_alternative<Passed>(result.verdict)) ++measured.silent;
  }
  std::ranges::sort(measured.executions);
  return measured;
}

double median_of(const std::vector<std::uint64_t>& ascending) {
  const std::size_t upper = ascending.size() / 2;
  const auto at = [&](std::size_t index) { return static_cast<double>(ascending[index]); };
  if (ascending.empty()) return 0;
  return ascending.size() % 2 == 1 ? at(upper) : (at(upper - 1) + at(upper)) / 2;
}

}  // namespace heddle::rules_table
