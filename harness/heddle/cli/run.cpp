// See the header. What was tried stands above a result, so that the line to paste stays the last one.
#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include <heddle/api/heddle.hpp>
#include <heddle/cli/exit_code.hpp>
#include <heddle/cli/judgement.hpp>
#include <heddle/cli/run.hpp>
#include <heddle/cli/subject.hpp>
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
  if (run.faults_max > 0)
    words += fmt::format(", faults {} at most {}", words_of(run.faults), run.faults_max);
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

/// A program declares its findings, so one that is expected must not end the search for another.
std::uint32_t findings_max_of(const RunScenario& asked, const Subject& subject) {
  constexpr std::uint32_t for_each_expected = 4;
  const std::size_t expected = subject.program ? subject.declared.expected.size() : 0;
  if (expected < 2) return asked.findings_max;
  return std::max(asked.findings_max, static_cast<std::uint32_t>(expected) * for_each_expected);
}

Result explore_simulated(const RunScenario& asked, const Subject& subject, const Context& context) {
  const Scenario& scenario = subject.declared;
  Options options;
  options.strategy = asked.strategy;
  options.seed = asked.seed;
  options.budget = asked.budget.value_or(Budget{});
  options.run.granularity = asked.granularity.value_or(scenario.granularity);
  options.run.time = asked.time.value_or(scenario.time);
  options.run.seed = asked.seed;
  options.run.faults = asked.faults;
  options.run.faults_max = asked.faults_max;
  options.findings_max = findings_max_of(asked, subject);
  options.is_interrupted = context.is_interrupted;
  options.status = [&](const std::string& line) { context.status.show(line); };
  context.output.write(fmt::format("{}: strategy {}, seed {}, {}, budget {}\n", scenario.name, asked.strategy,
                                   asked.seed, words_of(options.run), words_of(options.budget)));
  return explore(subject.body, options, std::string(scenario.name));
}

Expected<Result> explore_on_host(const RunScenario& asked, const Subject& subject, const Context& context) {
  const Scenario& scenario = subject.declared;
  const Budget budget = asked.budget.value_or(Budget{.executions = host_executions, .time = std::nullopt});
  host::HostOptions options;
  options.executions = budget.executions;
  options.time = budget.time;
  options.seed = asked.seed;
  options.findings_max = findings_max_of(asked, subject);
  options.is_interrupted = context.is_interrupted;
  options.progress = [&](std::uint64_t runs, double) {
    context.status.show(fmt::format("{} on the host", text::counted(runs, "execution")));
  };
  context.output.write(fmt::format("{}: world host, budget {}\n", scenario.name, words_of(budget)));
  try {
    return host::explore(Program{.name = std::string(scenario.name), .body = subject.body}, options);
  } catch (const std::system_error& refusal) {
    return tl::unexpected(Error{.code = "host-refused",
                                .what = refusal.what(),
                                .hint = "the machine is out of processes, descriptors or memory",
                                .exit = ExitCode::internal});
  }
}

/// What is not as the program declares; on the host, which sees what it happens to, nothing need be seen.
std::vector<std::string> mismatches_of(const Subject& subject, const Result& result, bool on_host) {
  if (!on_host) return mismatches(subject.declared, result);
  Scenario declared = subject.declared;
  if (!declared.outcomes.empty())
    for (const std::string& outcome : result.outcomes)
      if (std::ranges::find(declared.outcomes, outcome) == declared.outcomes.end())
        return {fmt::format("outcome '{}' was seen and not declared", outcome)};
  declared.outcomes.clear();
  return has_only_expected(declared, result) ? std::vector<std::string>{} : mismatches(declared, result);
}

/// A program is judged by what it declares: exactly that, and the run is clean.
ExitCode judge(const Subject& subject, const Result& result, bool on_host, const Context& context) {
  const ExitCode code = exit_code_of(result);
  if (!subject.program || code == ExitCode::inconclusive) return code;
  const std::vector<std::string> wrong = mismatches_of(subject, result, on_host);
  context.status.clear();
  for (const std::string& sentence : wrong) context.output.write(fmt::format("FAILED: {}\n", sentence));
  if (wrong.empty() && code == ExitCode::findings) context.output.write("as the program expects\n");
  return wrong.empty() ? ExitCode::clean : ExitCode::findings;
}

}  // namespace

Expected<ExitCode> run_scenario(const RunScenario& asked, const Context& context) {
  const bool on_host = asked.world == "host";
  const auto subject = find_subject(context.scenarios, asked.scenario,
                                    on_host ? programs::Time::real : programs::Time::simulated);
  if (!subject) return tl::unexpected(subject.error());
  const Expected<Result> result = on_host ? explore_on_host(asked, *subject, context)
                                          : Expected<Result>(explore_simulated(asked, *subject, context));
  if (!result) return tl::unexpected(result.error());
  const ExitCode code = judge(*subject, *result, on_host, context);
  report(*result, asked.report, subject->declared.name, on_host ? "" : context.replay_command, context);
  return code;
}

Expected<ExitCode> replay_token(const ReplayToken& asked, const Context& context) {
  const Expected<Token> token = read_token(asked.token);
  if (!token) return tl::unexpected(token.error());
  const auto subject = find_subject(context.scenarios, token->scenario, programs::Time::simulated);
  if (!subject && subject.error().code != "scenario-unknown") return tl::unexpected(subject.error());
  if (!subject)
    return tl::unexpected(
        Error{.code = "token-foreign",
              .what = fmt::format("the token is of '{}', which this program does not have", token->scenario),
              .hint = "replay it with the binary that printed it"});
  const Result result = replay(subject->body, *token);
  report(result, asked.report, subject->declared.name, context.replay_command, context);
  return exit_code_of(result);
}

}  // namespace heddle::cli
