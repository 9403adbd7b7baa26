// See the header. What was tried stands above a result, so that the line to paste stays the last one.
#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include <heddle/api/heddle.hpp>
#include <heddle/api/progress.hpp>
#include <heddle/api/replay.hpp>
#include <heddle/api/search.hpp>
#include <heddle/cli/exit_code.hpp>
#include <heddle/cli/judgement.hpp>
#include <heddle/cli/run.hpp>
#include <heddle/cli/shrunk.hpp>
#include <heddle/cli/stored_run.hpp>
#include <heddle/cli/subject.hpp>
#include <heddle/cli/suppressed.hpp>
#include <heddle/core/token.hpp>
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

/// A program declares its findings, so one that is expected must not end the search for another.
std::uint32_t findings_max_of(const RunScenario& asked, const Subject& subject) {
  constexpr std::uint32_t for_each_expected = 4;
  const std::size_t expected = subject.program ? subject.declared.expected.size() : 0;
  if (expected < 2) return asked.findings_max;
  return std::max(asked.findings_max, static_cast<std::uint32_t>(expected) * for_each_expected);
}

/// A program is judged by whether it shows what it declares; a scenario is here just run.
Suppressions suppressions_for(const Subject& subject, const Suppressions& suppressions) {
  return subject.program ? undeclared(suppressions, subject.declared) : suppressions;
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
  options.suppressions = suppressions_for(subject, asked.suppressions);
  options.progress = [&, watch = watch_of(std::string(scenario.name), budget, context)](std::uint64_t runs,
                                                                                        double seconds) {
    const Progress progress{.executions = runs, .seconds = seconds};
    context.status.show(progress_line(progress, budget) + ", on the host");
    if (watch) watch(progress);
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
std::vector<std::string> mismatches_of(const Subject& subject, const Result& result, bool on_host,
                                       Severity least) {
  if (!on_host) return mismatches(subject.declared, result, least);
  Scenario declared = subject.declared;
  if (!declared.outcomes.empty())
    for (const std::string& outcome : result.outcomes)
      if (std::ranges::find(declared.outcomes, outcome) == declared.outcomes.end())
        return {fmt::format("outcome '{}' was seen and not declared", outcome)};
  declared.outcomes.clear();
  return has_only_expected(declared, result, least) ? std::vector<std::string>{}
                                                    : mismatches(declared, result, least);
}

ReportItem item_of(const std::string& scenario, const Result& result, const std::string& replay_command) {
  return {.scenario = scenario, .replay_command = replay_command, .result = result};
}

/// A program is judged by what it declares: exactly that, and the run is clean. Says so in the item.
ExitCode judge(const Subject& subject, ReportItem& item, bool on_host, std::optional<FailOn> asked,
               const Context& context) {
  if (!subject.program) return exit_code_of(item.result, asked.value_or(FailOn::error));
  const FailOn fail_on = asked.value_or(FailOn::warning);
  const ExitCode code = exit_code_of(item.result);
  if (code == ExitCode::inconclusive) return code;
  const std::vector<std::string> wrong = mismatches_of(subject, item.result, on_host, least_of(fail_on));
  item.declared = declared_of(subject.declared, wrong);
  context.status.clear();
  for (const std::string& sentence : wrong) context.output.write(fmt::format("FAILED: {}\n", sentence));
  if (wrong.empty() && code == ExitCode::findings) context.output.write("as the program expects\n");
  return heeding(wrong.empty() ? ExitCode::clean : ExitCode::findings, fail_on);
}

Expected<ExitCode> with_shrunk(const Expected<ExitCode>& code, const RunScenario& asked,
                               const Subject& subject, const Result& result, const Context& context) {
  if (asked.shrink_to.empty() || !code) return code;
  const auto written = write_shrunk(asked, subject, result, context);
  if (!written) return tl::unexpected(written.error());
  return code;
}

Expected<ExitCode> run_simulated(const RunScenario& asked, const Subject& subject, const Context& context) {
  const Search search = search_of(asked, subject);
  const bool is_one_of_several = asked.shard.count > 1;
  context.output.write(
      title_of(search) +
      (is_one_of_several ? fmt::format(", shard {} of {}", asked.shard.index + 1, asked.shard.count) : "") +
      "\n");
  Context telling = context;
  telling.replay_command = replaying_with(search.options.suppressions, context);
  if (!is_shared(asked)) {
    Options options = search.options;
    options.is_interrupted = context.is_interrupted;
    options.status = [&](const std::string& line) { context.status.show(line); };
    const Result result =
        explore_watched(search.body, options, search.name, watch_of(search.name, options.budget, context));
    const auto code = tell(subject, result, true, {}, asked.reports, telling, asked.fail_on);
    tell_idle(asked.suppressions, result.suppressed, context);
    return with_shrunk(code, asked, subject, result, telling);
  }
  const Expected<SharedRun> run = run_shared(asked, search, context);
  if (!run) return tl::unexpected(run.error());
  const auto code = tell(subject, run->searched.result, !is_one_of_several, run->searched.lost, asked.reports,
                         telling, asked.fail_on);
  if (!is_one_of_several) tell_idle(asked.suppressions, run->searched.result.suppressed, context);
  if (run->unwritten) return tl::unexpected(*run->unwritten);
  return with_shrunk(code, asked, subject, run->searched.result, telling);
}

/// What the file of an earlier run asks for.
Expected<ExitCode> resume_run(const RunScenario& asked, const Context& context) {
  const Expected<results::StoredResult> earlier = load_result(asked.resume);
  if (!earlier) return tl::unexpected(earlier.error());
  const RunScenario run = run_of(*earlier, asked);
  const auto subject = find_subject(context.scenarios, run.scenario, programs::Time::simulated);
  if (!subject) return tl::unexpected(subject.error());
  return run_simulated(run, *subject, context);
}

// --- replay ---------------------------------------------------------------------------------------------

std::string words_of(const LenientReplay& replayed) {
  if (!replayed.was_searched) return "the tape fits as it is\n";
  std::string words = replayed.divergence ? replayed.divergence->why : "the tape fits and shows no finding";
  words += fmt::format("\n{} of {} match; searched near the tape, up to {}\n", replayed.deviations_matching,
                       text::counted(replayed.deviations, "deviation"),
                       text::counted(near_executions, "execution"));
  if (std::holds_alternative<Passed>(replayed.result.verdict))
    words += fmt::format("the finding is gone, as far as {} can tell\n",
                         text::counted(replayed.result.coverage.executions, "execution"));
  return words;
}

Expected<ExitCode> replay_leniently(const Token& token, const Subject& subject, const ReplayToken& asked,
                                    const Suppressions& suppressions, const Context& context) {
  const LenientReplay replayed =
      heddle::replay_leniently(subject.body, token, {}, near_executions, suppressions);
  context.output.write(fmt::format("{}: {}", subject.declared.name, words_of(replayed)));
  const auto told =
      report({item_of(token.scenario, replayed.result, context.replay_command)}, asked.reports, context);
  if (!told) return tl::unexpected(told.error());
  return exit_code_of(replayed.result);
}

Expected<Result> replay_exactly(const Token& token, const Subject& subject, const ReplayToken& asked,
                                const Suppressions& suppressions) {
  if (!asked.break_at) return replay(subject.body, token, suppressions);
  auto result = replay_to(subject.body, token, *asked.break_at, suppressions);
  if (result) return *std::move(result);
  return tl::unexpected(Error{.code = "step-unreached",
                              .what = fmt::format("the execution ended before step {}", *asked.break_at),
                              .hint = "take a step from the report of this token"});
}

}  // namespace

Search search_of(const RunScenario& asked, const Subject& subject) {
  const Scenario& scenario = subject.declared;
  Options options;
  options.strategy = asked.strategy;
  options.seed = asked.seed;
  options.budget = asked.budget.value_or(Budget{});
  options.run = run_options_of(scenario);
  options.run.granularity = asked.granularity.value_or(scenario.granularity);
  options.run.time = asked.time.value_or(scenario.time);
  options.looks_beyond_maximal = !asked.time;
  options.run.seed = asked.seed;
  if (!asked.faults.is_empty()) {
    options.run.faults = asked.faults;
    options.run.faults_max = asked.faults_max;
  }
  options.findings_max = findings_max_of(asked, subject);
  options.checks_determinism = asked.checks_determinism;
  options.suppressions = suppressions_for(subject, asked.suppressions);
  options.heeds_environment = false;
  return {.name = std::string(scenario.name), .body = subject.body, .options = options};
}

std::string title_of(const Search& search) {
  return fmt::format("{}: strategy {}, seed {}, {}, budget {}", search.name, search.options.strategy,
                     search.options.seed, words_of(search.options.run), words_of(search.options.budget));
}

Expected<ExitCode> tell(const Subject& subject, const Result& result, bool is_all,
                        const std::vector<std::string>& lacking, const std::vector<ReportAsked>& reports,
                        const Context& context, std::optional<FailOn> fail_on) {
  context.status.clear();
  for (const std::string& sentence : lacking) {
    context.output.write(fmt::format("incomplete: {}\n", sentence));
    if (context.lines != nullptr) context.lines->note("incomplete: " + sentence);
  }
  ReportItem item = item_of(std::string(subject.declared.name), result, context.replay_command);
  ExitCode code = is_all ? judge(subject, item, false, fail_on, context)
                         : exit_code_of(result, fail_on.value_or(FailOn::error));
  if (!lacking.empty() && code == ExitCode::clean) code = ExitCode::inconclusive;
  const auto told = report({std::move(item)}, reports, context);
  if (!told) return tl::unexpected(told.error());
  return code;
}

Expected<ExitCode> run_scenario(const RunScenario& typed, const Context& context) {
  if (!typed.resume.empty()) return resume_run(typed, context);
  if (const auto good = check_reports(typed.reports); !good) return tl::unexpected(good.error());
  RunScenario asked = typed;
  const auto suppressions = suppressions_in(asked.suppressions_file, context);
  if (!suppressions) return tl::unexpected(suppressions.error());
  asked.suppressions = *suppressions;
  const bool on_host = asked.world == "host";
  const auto subject = find_subject(context.scenarios, asked.scenario,
                                    on_host ? programs::Time::real : programs::Time::simulated);
  if (!subject) return tl::unexpected(subject.error());
  if (!asked.shrink_to.empty())
    if (const auto good = check_shrinkable(asked, *subject); !good) return tl::unexpected(good.error());
  if (!on_host) return run_simulated(asked, *subject, context);
  const Expected<Result> result = explore_on_host(asked, *subject, context);
  if (!result) return tl::unexpected(result.error());
  ReportItem item = item_of(std::string(subject->declared.name), *result, "");
  const ExitCode code = judge(*subject, item, true, asked.fail_on, context);
  const auto told = report({std::move(item)}, asked.reports, context);
  tell_idle(asked.suppressions, result->suppressed, context);
  if (!told) return tl::unexpected(told.error());
  return code;
}

Expected<ExitCode> replay_token(const ReplayToken& asked, const Context& outer) {
  if (const auto good = check_reports(asked.reports); !good) return tl::unexpected(good.error());
  const Expected<Token> token = read_token(asked.token);
  if (!token) return tl::unexpected(token.error());
  const auto subject = find_subject(outer.scenarios, token->scenario, programs::Time::simulated);
  if (!subject && subject.error().code != "scenario-unknown") return tl::unexpected(subject.error());
  if (!subject)
    return tl::unexpected(
        Error{.code = "token-foreign",
              .what = fmt::format("the token is of '{}', which this program does not have", token->scenario),
              .hint = "replay it with the binary that printed it"});
  auto suppressions = suppressions_in(asked.suppressions_file, outer);
  if (!suppressions) return tl::unexpected(suppressions.error());
  suppressions = suppressions_for(*subject, *suppressions);
  Context context = outer;
  context.replay_command = replaying_with(*suppressions, outer);
  if (asked.is_lenient) return replay_leniently(*token, *subject, asked, *suppressions, context);
  const Expected<Result> result = replay_exactly(*token, *subject, asked, *suppressions);
  if (!result) return tl::unexpected(result.error());
  const auto told =
      report({item_of(token->scenario, *result, context.replay_command)}, asked.reports, context);
  if (!told) return tl::unexpected(told.error());
  if (std::holds_alternative<Broken>(result->verdict))
    context.output.write(fmt::format("  {} --lenient TOKEN plays what still fits and searches near it\n",
                                     context.replay_command));
  return exit_code_of(*result);
}

}  // namespace heddle::cli
