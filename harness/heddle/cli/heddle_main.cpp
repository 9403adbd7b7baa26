// heddle::main: a command line over somebody's scenarios. Reads it, does what it asks, and turns what comes
// of it into an exit code; nothing here decides anything else.
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <system_error>

#include <heddle/api/heddle.hpp>
#include <heddle/cli/arguments.hpp>
#include <heddle/cli/conform.hpp>
#include <heddle/cli/explain.hpp>
#include <heddle/cli/gate.hpp>
#include <heddle/cli/interruption.hpp>
#include <heddle/cli/linearizable.hpp>
#include <heddle/cli/merge.hpp>
#include <heddle/cli/regressions.hpp>
#include <heddle/cli/run.hpp>
#include <heddle/cli/suppressed.hpp>
#include <heddle/cli/tables.hpp>
#include <heddle/cli/test_runner.hpp>
#include <mp/process/context.hpp>

namespace heddle {
namespace {

struct Performer {
  const cli::Context& context;

  Expected<ExitCode> operator()(const cli::ShowText& asked) const {
    context.output.write(asked.text);
    return ExitCode::clean;
  }
  Expected<ExitCode> operator()(const cli::ShowTable& asked) const {
    context.output.write(cli::render_table(asked.table, context.scenarios));
    return ExitCode::clean;
  }
  Expected<ExitCode> operator()(const cli::ExplainRule& asked) const {
    const Expected<std::string> page = cli::explained(asked.rule, context.terminal);
    if (!page) return tl::unexpected(page.error());
    context.output.write(*page);
    return ExitCode::clean;
  }
  Expected<ExitCode> operator()(const cli::RunScenario& asked) const { return run_scenario(asked, context); }
  Expected<ExitCode> operator()(const cli::ReplayToken& asked) const { return replay_token(asked, context); }
  Expected<ExitCode> operator()(const cli::ShowDigests& asked) const {
    for (const Scenario& scenario : context.scenarios) {
      Options options;
      options.run = run_options_of(scenario);
      options.seed = options.run.seed = asked.seed;
      // The hard scenarios are the large ones.
      options.budget.executions = scenario.hard ? (asked.executions + 19) / 20 : asked.executions;
      context.output.write(fmt::format("{:016x} {}\n", digest(scenario.body, options), scenario.name));
    }
    return ExitCode::clean;
  }
  Expected<ExitCode> operator()(const cli::JudgeScenarios& asked) const {
    cli::JudgeScenarios judged = asked;
    const auto suppressions = cli::suppressions_in(asked.suppressions_file, context);
    if (!suppressions) return tl::unexpected(suppressions.error());
    judged.suppressions = *suppressions;
    context.output.write(
        cli::line_for_ctest([](const char* name) -> const char* { return std::getenv(name); }));
    Expected<cli::RegressionsJudged> tapes = run_regressions(asked, context);
    if (!tapes) return tl::unexpected(tapes.error());
    const auto search_one = [&](const Scenario& scenario, Options options) {
      options.heeds_environment = false;
      const cli::Search search{.name = std::string(scenario.name), .body = scenario.body, .options = options};
      if (asked.jobs == 1)
        return explore_watched(search.body, options, search.name,
                               cli::watch_of(search.name, options.budget, context));
      return cli::search_in_parts(search, cli::shares_of({}, asked.jobs), context).result;
    };
    Expected<ExitCode> searched = run_gate(judged, context, search_one, std::move(tapes->items));
    // What the tapes say outranks a search that is clean, or was cut short.
    if (!searched) return searched;
    return heeding(tapes->code == ExitCode::findings ? tapes->code : *searched, asked.fail_on);
  }
  Expected<ExitCode> operator()(const cli::MergeResults& asked) const {
    return merge_results(asked, context);
  }
  Expected<ExitCode> operator()(const cli::JudgeHistories& asked) const {
    return judge_histories(asked, context);
  }
  Expected<ExitCode> operator()(const cli::ConformPort& asked) const { return conform_port(asked, context); }
};

int complain(const Error& error) {
  cli::Output(STDERR_FILENO)
      .write(fmt::format("heddle: {}\n  {} ({})\n", error.what, error.hint, error.code));
  return static_cast<int>(error.exit);
}

bool prints_lines(const cli::Request& request) {
  return std::visit(
      [](const auto& asked) {
        if constexpr (requires { asked.prints_lines; })
          return asked.prints_lines;
        else
          return false;
      },
      request);
}

/// The exit code, said in a last line if the command speaks in lines.
int concluded(const Expected<ExitCode>& done, const cli::Context& context) {
  if (context.lines != nullptr) {
    if (!done) context.lines->error(done.error());
    context.lines->end(done ? *done : done.error().exit);
  }
  return done ? static_cast<int>(*done) : complain(done.error());
}

int perform(const cli::Request& request, const cli::Context& context, const cli::Output& output) {
  Expected<ExitCode> done = ExitCode::clean;
  try {
    done = std::visit(Performer{context}, request);
  } catch (const std::exception& exception) {
    done = tl::unexpected(Error{.code = "internal",
                                .what = fmt::format("internal error: {}", exception.what()),
                                .hint = "this is a bug in heddle or a refusal of the machine's",
                                .exit = ExitCode::internal});
  }
  context.status.clear();
  const int code = concluded(done, context);
  if (const auto written = output.state(); !written) return complain(written.error());
  return code;
}

std::string working_folder() {
  std::error_code unknown;
  return std::filesystem::current_path(unknown).string();
}

/// As it was typed, but for quotes.
std::string command_of(int argc, const char* const* argv) {
  std::string command;
  for (int index = 0; index < argc; ++index) command += (index > 0 ? " " : "") + std::string(argv[index]);
  return command;
}

}  // namespace

int main(int argc, char** argv, std::span<const Scenario> scenarios, std::string_view regressions) {
  mp::freeze_support(argc, argv);  // scenarios may spawn in the host world
  using SteadyClock = std::chrono::steady_clock;
  const auto seconds = [start = SteadyClock::now()] {
    return std::chrono::duration<double>(SteadyClock::now() - start).count();
  };
  const auto environment = [](const char* name) -> const char* { return std::getenv(name); };
  const cli::Interruption interruption;
  const Expected<cli::Request> request = cli::read_arguments(argc, argv);
  if (!request) return complain(request.error());
  cli::Output output(STDOUT_FILENO);
  cli::Output dropped(-1);
  cli::Output status_output(STDERR_FILENO);
  cli::Status status(cli::terminal_of(STDERR_FILENO, environment), seconds,
                     [&](std::string_view text) { status_output.write(text); });
  const std::string root = working_folder();
  cli::Lines lines(output, seconds, root);
  const bool in_lines = prints_lines(*request);
  const cli::Context context{
      .scenarios = scenarios,
      .replay_command = fmt::format("{} replay", argc > 0 ? argv[0] : "heddle"),
      .terminal = cli::terminal_of(STDOUT_FILENO, environment),
      .output = in_lines ? dropped : output,
      .status = status,
      .is_interrupted = [&] { return interruption.has_come(); },
      .seconds = seconds,
      .regressions = std::string(regressions),
      .today = today(),
      .command = command_of(argc, argv),
      .began = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()),
      .root = root,
      .remark =
          [&](const std::string& line) {
            status.clear();
            status_output.write(fmt::format("heddle: {}\n", line));
          },
      .lines = in_lines ? &lines : nullptr};
  if (in_lines) lines.begin(context.command);
  return perform(*request, context, output);
}

}  // namespace heddle
