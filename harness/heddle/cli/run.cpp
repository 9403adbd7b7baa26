// See the header. What was tried stands above a result, so that the line to paste stays the last one.
#include <fmt/format.h>

#include <system_error>

#include <heddle/api/heddle.hpp>
#include <heddle/cli/exit_code.hpp>
#include <heddle/cli/run.hpp>
#include <heddle/core/token.hpp>
#include <heddle/reports/registry.hpp>
#include <heddle/reports/text/letters.hpp>
#include <heddle/worlds/host/host.hpp>

namespace heddle::cli {
namespace {

constexpr std::uint64_t host_executions = 20;

std::string words_of(const Budget& budget) {
  if (budget.time) return fmt::format("{:g} s", budget.time->count());
  return text::counted(budget.executions, "execution");
}

std::string words_of(const RunOptions& run) {
  std::string words = fmt::format("granularity {}", name_of(run.granularity));
  if (run.time != TimeMode::maximal) words += fmt::format(", time {}", name_of(run.time));
  return words;
}

void report(const Result& result, const std::string& report_name, std::string_view scenario,
            const std::string& replay_command, const Context& context) {
  context.status.clear();
  context.output.write(find_report(report_name)
                           ->make()
                           ->render(result, {.scenario = std::string(scenario),
                                             .replay_command = replay_command,
                                             .width = context.terminal.width,
                                             .colour = context.terminal.colour}));
}

Result explore_simulated(const RunScenario& asked, const Scenario& scenario, const Context& context) {
  Options options;
  options.strategy = asked.strategy;
  options.seed = asked.seed;
  options.budget = asked.budget.value_or(Budget{});
  options.run.granularity = asked.granularity.value_or(scenario.granularity);
  options.run.time = asked.time.value_or(scenario.time);
  options.run.seed = asked.seed;
  options.run.kills_max = asked.kills_max;
  options.findings_max = asked.findings_max;
  options.is_interrupted = context.is_interrupted;
  options.status = [&](const std::string& line) { context.status.show(line); };
  context.output.write(fmt::format("{}: strategy {}, seed {}, {}, budget {}\n", scenario.name, asked.strategy,
                                   asked.seed, words_of(options.run), words_of(options.budget)));
  return explore(scenario.body, options, std::string(scenario.name));
}

Expected<Result> explore_on_host(const RunScenario& asked, const Scenario& scenario, const Context& context) {
  const Budget budget = asked.budget.value_or(Budget{.executions = host_executions, .time = std::nullopt});
  host::HostOptions options;
  options.executions = budget.executions;
  options.time = budget.time;
  options.seed = asked.seed;
  options.findings_max = asked.findings_max;
  options.is_interrupted = context.is_interrupted;
  options.progress = [&](std::uint64_t runs, double) {
    context.status.show(fmt::format("{} on the host", text::counted(runs, "execution")));
  };
  context.output.write(fmt::format("{}: world host, budget {}\n", scenario.name, words_of(budget)));
  try {
    return host::explore(Program{.name = std::string(scenario.name), .body = scenario.body}, options);
  } catch (const std::system_error& refusal) {
    return tl::unexpected(Error{.code = "host-refused",
                                .what = refusal.what(),
                                .hint = "the machine is out of processes, descriptors or memory",
                                .exit = ExitCode::internal});
  }
}

}  // namespace

Expected<ExitCode> run_scenario(const RunScenario& asked, const Context& context) {
  const auto scenario = find_scenario(context.scenarios, asked.scenario);
  if (!scenario) return tl::unexpected(scenario.error());
  const bool on_host = asked.world == "host";
  const Expected<Result> result = on_host ? explore_on_host(asked, **scenario, context)
                                          : Expected<Result>(explore_simulated(asked, **scenario, context));
  if (!result) return tl::unexpected(result.error());
  report(*result, asked.report, (*scenario)->name, on_host ? "" : context.replay_command, context);
  return exit_code_of(*result);
}

Expected<ExitCode> replay_token(const ReplayToken& asked, const Context& context) {
  const Expected<Token> token = read_token(asked.token);
  if (!token) return tl::unexpected(token.error());
  const auto scenario = find_scenario(context.scenarios, token->scenario);
  if (!scenario)
    return tl::unexpected(
        Error{.code = "token-foreign",
              .what = fmt::format("the token is of '{}', which this program does not have", token->scenario),
              .hint = "replay it with the binary that printed it"});
  const Result result = replay((*scenario)->body, *token);
  report(result, asked.report, (*scenario)->name, context.replay_command, context);
  return exit_code_of(result);
}

}  // namespace heddle::cli
