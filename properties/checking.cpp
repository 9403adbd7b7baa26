#include <algorithm>
#include <array>
#include <stdexcept>

#include <heddle/api/heddle.hpp>
#include <heddle/programs/interpreter.hpp>
#include <heddle/programs/parse.hpp>
#include <heddle/programs/plan.hpp>
#include <properties/checking.hpp>

namespace heddle::properties {
namespace {

bool is_declared(const programs::Program& program, const std::string& rule) {
  return std::ranges::any_of(program.findings, [&](const auto& each) { return each.rule == rule; });
}

constexpr std::array<std::string_view, 8> about_a_death{
    "lock-orphaned",     "queue-holder-killed",       "terminated-mid-operation",
    "lock-held-at-exit", "queue-items-lost",          "pool-worker-lost",
    "resource-leak",     "manager-use-after-shutdown"};

bool is_about_a_death(const std::string& rule) {
  return std::ranges::find(about_a_death, rule) != about_a_death.end();
}

RunOptions run_of(const Property& property, std::uint64_t seed) {
  RunOptions run;
  run.seed = seed;
  constexpr std::uint64_t ways = 3;
  if (seed % ways == 0) return run;
  run.granularity = Granularity::os;
  if (seed % ways == 1) return run;
  run.faults = property.despite_a_kill
                   ? FaultSet{ChoiceKind::kill}
                   : FaultSet{ChoiceKind::eintr, ChoiceKind::short_io, ChoiceKind::spurious};
  run.faults_max = property.despite_a_kill ? 1 : 2;
  return run;
}

std::shared_ptr<const programs::Plan> plan_of(const programs::Program& program) {
  const auto planned = programs::plan(program);
  if (!planned) throw std::invalid_argument(planned.error().what + "; " + planned.error().hint);
  return *planned;
}

}  // namespace

std::span<const std::string_view> rules_about_a_death() { return about_a_death; }

programs::Program program_of(const std::string& text) {
  auto program = programs::parse(text, "drawn");
  if (!program) throw std::invalid_argument(program.error().what + "\n" + text);
  return *std::move(program);
}

Checked check(const Property& property, const programs::Program& program, std::uint64_t seed,
              std::uint64_t executions) {
  constexpr std::uint32_t findings_max = 8;  // a declared one must not end the search for another
  Options options;
  options.seed = seed;
  options.run = run_of(property, seed);
  options.budget.executions = executions;
  options.findings_max = findings_max;
  options.heeds_environment = false;
  const Result result =
      explore(programs::body_of(plan_of(program), programs::Time::simulated), options, program.name);
  Checked checked{.executions = result.coverage.executions};
  const auto* const failed = std::get_if<Failed>(&result.verdict);
  if (failed == nullptr && !std::holds_alternative<Passed>(result.verdict))
    throw std::invalid_argument(program.name + " could not be explored");
  for (const programs::RuleExpectation& each : program.findings)
    if (failed == nullptr || std::ranges::none_of(failed->failures, [&](const Failure& failure) {
          return failure.finding.rule == each.rule;
        }))
      checked.lacking = each.rule;
  if (failed != nullptr)
    for (const Failure& failure : failed->failures)
      if (!is_declared(program, failure.finding.rule) && failure.finding.rule != "vacuous" &&
          !(property.despite_a_kill && is_about_a_death(failure.finding.rule))) {
        checked.broken = failure;
        break;
      }
  return checked;
}

}  // namespace heddle::properties
