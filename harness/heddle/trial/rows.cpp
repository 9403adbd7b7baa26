// Runs a row in a world and puts the verdict in words.
#include <heddle/trial/rows.hpp>

#include <heddle/trial/effort.hpp>
#include <heddle/worlds/host/host.hpp>

namespace heddle::trial {

namespace {

constexpr std::uint64_t sim_executions = effort(1'000);
constexpr std::uint64_t host_executions = 5;

// All interleavings if they are few; otherwise as many by chance.
std::string trouble_in_sim(const Row& row) {
  Options options;
  options.run.granularity = row.granularity;
  options.budget.executions = sim_executions;
  options.judge_misuse = false;
  options.strategy = "exhaustive";
  const Result systematic = explore(row.program, options, std::string(row.ids));
  const std::string words = trouble_in(systematic);
  if (!words.empty() || systematic.coverage.exhausted) return words;
  options.strategy = "random";
  return trouble_in(explore(row.program, options, std::string(row.ids)));
}

std::string trouble_on_host(const Row& row) {
  return trouble_in(host::explore(Program{.name = std::string(row.ids), .body = row.program},
                                  {.executions = host_executions, .findings_max = 1, .judge_misuse = false}));
}

}  // namespace

std::string trouble_in(const Result& result) {
  if (const auto* failed = std::get_if<Failed>(&result.verdict)) {
    std::string words;
    for (const Failure& failure : failed->failures)
      words += failure.finding.rule + ": " + failure.finding.sentence + "\n";
    return words;
  }
  if (const auto* gave_up = std::get_if<GaveUp>(&result.verdict)) return "gave up: " + gave_up->why;
  if (const auto* broken = std::get_if<Broken>(&result.verdict)) return "broken: " + broken->why;
  return {};
}

std::string trouble_of(const Row& row, RowWorld world) {
  return world == RowWorld::sim ? trouble_in_sim(row) : trouble_on_host(row);
}

}  // namespace heddle::trial
