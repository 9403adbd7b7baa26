// See the header. The only file that knows CLI11: it takes words apart, and what they mean is decided here,
// so that a wrong name is answered with the names there are.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <heddle/cli/arguments.hpp>
#include <heddle/cli/gate_config.hpp>
#include <heddle/cli/shard.hpp>
#include <heddle/cli/test_runner.hpp>
#include <heddle/core/near.hpp>
#include <heddle/core/version.hpp>
#include <heddle/strategies/registry.hpp>
#include <heddle/worlds/registry.hpp>

namespace heddle::cli {
namespace {

constexpr std::uint32_t jobs_max = 1'024;
constexpr const char* footer =
    "Exit codes: 0 clean, 1 findings, 2 inconclusive, 3 internal or machine error, 4 usage, 5 nothing "
    "selected.";

tl::unexpected<Error> refuse(std::string code, std::string what, std::string hint) {
  return tl::unexpected(Error{.code = std::move(code), .what = std::move(what), .hint = std::move(hint)});
}

/// Flags as they were typed.
struct Typed {
  RunScenario run;
  ReplayToken replay;
  JudgeScenarios judge;
  ShowDigests digests;
  std::string budget;
  std::string granularity;
  std::string time;
  std::vector<std::string> faults;
  std::vector<std::string> token;
  std::vector<std::string> reports;
  std::string flavour = "jenkins";
  std::string shard;
  std::string config;
  std::string budget_total;
  MergeResults merge;
  JudgeHistories histories;
  std::string model;
  std::string format = "edn";
};

class CommandLine {
 public:
  CommandLine() {
    app_.require_subcommand(1);
    app_.set_version_flag("--version", fmt::format("heddle {}", version));
    app_.footer(footer);
    add_tables();
    add_run();
    add_replay();
    add_gate();
    add_digest();
    add_merge();
    add_linearizable();
  }

  Expected<Request> read(int argc, const char* const* argv) {
    try {
      app_.parse(argc, argv);
    } catch (const CLI::CallForVersion& call) {
      return ShowText{std::string(call.what()) + "\n"};
    } catch (const CLI::Success&) {  // --help, of whichever command was named last
      return ShowText{app_.help()};
    } catch (const CLI::ParseError& error) {
      return refuse("usage", error.what(), "heddle --help lists commands, heddle COMMAND --help its flags");
    }
    for (const auto& [command, table] : tables_)
      if (command->parsed()) return ShowTable{table};
    if (replay_->parsed()) return read_replay();
    if (digest_->parsed()) return typed_.digests;
    if (merge_->parsed()) return read_merge();
    if (linearizable_->parsed()) return read_linearizable();
    return run_->parsed() ? read_run() : read_gate();
  }

 private:
  void add_table(const char* name, const char* summary, Table table) {
    tables_.emplace_back(app_.add_subcommand(name, summary), table);
  }
  void add_tables() {
    add_table("list", "the scenarios and what is expected of them", Table::scenarios);
    add_table("rules", "what heddle can find", Table::rules);
    add_table("strategies", "who can make the choices", Table::strategies);
    add_table("worlds", "where programs can run", Table::worlds);
    add_table("reports", "how results can be shown", Table::reports);
  }
  void add_search_flags(CLI::App& command, std::string& strategy, std::uint64_t& seed) {
    command.add_option("--strategy", strategy, "who makes the choices (heddle strategies)");
    command.add_option("--seed", seed, "the strategy's stream of chance, and the programs'")
        ->check(CLI::NonNegativeNumber);
    command.add_option("--budget", typed_.budget, "how long: 10000x executions, 30s, 2m");
  }
  void add_run() {
    run_ = app_.add_subcommand("run",
                               "explore one scenario, or a program from a file, and report what is found");
    run_->add_option("scenario", typed_.run.scenario, "its name (heddle list), or the file of a program");
    add_search_flags(*run_, typed_.run.strategy, typed_.run.seed);
    run_->add_option("--granularity", typed_.granularity, "where tasks may switch: op or os");
    run_->add_option("--time", typed_.time, "when sleeps and timeouts may end: maximal, explore or races");
    run_->add_option("--world", typed_.run.world, "where it runs: sim or host");
    run_->add_option("--faults", typed_.faults, "which faults may strike: kill,eintr,short-io,...")
        ->delimiter(',');
    run_->add_option("--faults-max", typed_.run.faults_max, "how often in one execution, all together")
        ->check(CLI::PositiveNumber);
    run_->add_option("--findings-max", typed_.run.findings_max, "stop after so many different findings")
        ->check(CLI::PositiveNumber);
    run_->add_flag("--check-determinism", typed_.run.checks_determinism,
                   "make each execution twice and compare; takes three to ten times as long");
    run_->add_option(
        "--shrink-to", typed_.run.shrink_to,
        "a file for the smallest program that still shows the finding; of a program from a file");
    add_reports(*run_, typed_.run.prints_lines);
    add_jobs(*run_, typed_.run.jobs);
    run_->add_option("--shard", typed_.shard, "which share of the executions: 3/8, or auto");
    run_->add_option("--result", typed_.run.result, "a file for what was seen, for merge and --resume");
    run_->add_option("--resume", typed_.run.resume, "go on with the run whose result this file has");
    add_suppressions(*run_, typed_.run.suppressions_file);
  }
  void add_suppressions(CLI::App& command, std::string& file) {
    command.add_option("--suppressions", file,
                       "a file of findings that may stay: lines of rule:pattern [until=2027-01-31] reason");
  }
  void add_reports(CLI::App& command, bool& prints_lines) {
    command.add_flag("--json", prints_lines, "JSON lines on standard output instead of text");
    command.add_option("--report", typed_.reports,
                       "how to show the result, and in which file: junit:FILE (heddle reports); repeatable");
    command.add_option("--junit-flavour", typed_.flavour, "what report junit looks like: jenkins or gtest");
  }
  void add_jobs(CLI::App& command, std::uint32_t& jobs) {
    command.add_option("--jobs", jobs, "how many processes search")->check(CLI::Range(1U, jobs_max));
  }
  void add_replay() {
    replay_ = app_.add_subcommand("replay", "run one interleaving again");
    replay_->add_option("token", typed_.token, "the line's last word, h1-...")->required();
    add_reports(*replay_, typed_.replay.prints_lines);
    replay_->add_flag("--lenient", typed_.replay.is_lenient,
                      "where the tape no longer fits, play what does and search near it");
    add_suppressions(*replay_, typed_.replay.suppressions_file);
    replay_->add_option("--break", typed_.replay.break_at, "raise SIGTRAP at this step, for a debugger");
  }
  void add_gate() {
    gate_ = app_.add_subcommand("gate", "judge every scenario: exactly the expected findings, or fail");
    gate_->add_option("scenarios", typed_.judge.scenarios, "only these");
    add_search_flags(*gate_, typed_.judge.strategy, typed_.judge.seed);
    gate_->add_option("--config", typed_.config, "a file that says what flags would: heddle.toml");
    gate_->add_option("--budget-total", typed_.budget_total, "how long for all scenarios together: 30s, 10m");
    gate_->add_option("--shard", typed_.shard, "which share of the scenarios: 3/8, or auto");
    gate_->add_option("--baseline", typed_.judge.baseline,
                      "a file of findings that are known: only others fail");
    gate_->add_flag("--fix", typed_.judge.fixes_baseline, "write the baseline anew");
    gate_->add_option("--regressions", typed_.judge.regressions, "run the tapes of this folder first");
    add_reports(*gate_, typed_.judge.prints_lines);
    add_jobs(*gate_, typed_.judge.jobs);
    add_suppressions(*gate_, typed_.judge.suppressions_file);
  }
  void add_merge() {
    merge_ = app_.add_subcommand("merge", "one result out of the results of all shards");
    merge_->add_option("files", typed_.merge.files, "what run --shard --result has written")->required();
    add_reports(*merge_, typed_.merge.prints_lines);
  }

  void add_linearizable() {
    linearizable_ =
        app_.add_subcommand("linearizable", "judge histories of calls against a sequential model");
    linearizable_->add_option("files", typed_.histories.files, "a history each")->required();
    linearizable_->add_option("--model", typed_.model, "of what object the calls are")->required();
    linearizable_->add_option("--format", typed_.format, "how they are written: edn or jepsen");
    linearizable_->add_option("--value", typed_.histories.value, "permits of a semaphore, maxsize of a queue")
        ->check(CLI::NonNegativeNumber);
    linearizable_->add_option("--budget", typed_.budget, "how long for each file: 30s, 2m");
  }

  void add_digest() {
    digest_ = app_.add_subcommand("digest", "one number per scenario that the same seed gives everywhere");
    digest_->add_option("--seed", typed_.digests.seed, "the strategy's stream of chance, and the programs'")
        ->check(CLI::NonNegativeNumber);
    digest_->add_option("--executions", typed_.digests.executions, "how many of each scenario")
        ->check(CLI::PositiveNumber);
  }

  Expected<void> check_strategy(const std::string& name) const {
    if (strategy(name)) return {};
    return refuse("strategy-unknown", fmt::format("no strategy is called '{}'", name),
                  near_hint(name, names_of(strategies()), "heddle strategies lists them"));
  }
  /// Errors strategy-unknown, and strategy-not-shared for one that several processes cannot share.
  Expected<void> check_strategy(const std::string& name, bool is_shared) const {
    if (const auto good = check_strategy(name); !good || !is_shared) return good;
    if (strategy(name)->sharing != Sharing::alone) return {};
    return refuse("strategy-not-shared", fmt::format("several processes cannot share strategy {}", name),
                  "leave --jobs and --shard out, or take one that goes by chance: random, pos, portfolio");
  }
  Expected<void> read_reports(std::vector<ReportAsked>& asked, bool prints_lines) const {
    const auto flavour = junit_flavour_of(typed_.flavour);
    if (!flavour)
      return refuse("flavour-unknown", fmt::format("no flavour of JUnit is called '{}'", typed_.flavour),
                    "jenkins or gtest");
    for (const std::string& words : typed_.reports) {
      Expected<ReportAsked> one = report_asked(words);
      if (!one) return tl::unexpected(one.error());
      if (prints_lines && one->file.empty())
        return refuse("report-without-file", fmt::format("--json prints lines, not {}", one->name),
                      fmt::format("name a file: --report {}:FILE", one->name));
      one->junit_flavour = *flavour;
      asked.push_back(*one);
    }
    return {};
  }
  Expected<std::optional<Budget>> read_budget() const {
    if (typed_.budget.empty()) return std::nullopt;
    const auto budget = budget_of(typed_.budget);
    if (budget) return budget;
    return refuse("budget-malformed", fmt::format("'{}' is no budget", typed_.budget),
                  "write a positive number with x (executions), s (seconds) or m (minutes): 10000x, 30s, 2m");
  }

  Expected<Request> read_run() {
    RunScenario asked = typed_.run;
    if (!asked.resume.empty()) return read_resume(asked);
    if (asked.scenario.empty())
      return refuse("usage", "scenario is required", "heddle list shows what there is");
    if (run_->count("--shard") > 0) {
      const auto shard = shard_of(typed_.shard, environment());
      if (!shard) return tl::unexpected(shard.error());
      asked.shard = *shard;
    }
    const WorldRow* world = find_world(asked.world);
    if (world == nullptr)
      return refuse("world-unknown", fmt::format("no world is called '{}'", asked.world),
                    near_hint(asked.world, names_of(worlds()), "heddle worlds lists them"));
    const bool is_shared = asked.jobs > 1 || asked.shard.count > 1;
    if (const auto good = check_strategy(asked.strategy, is_shared); !good)
      return tl::unexpected(good.error());
    if (const auto good = read_reports(asked.reports, asked.prints_lines); !good)
      return tl::unexpected(good.error());
    for (const char* flag : {"--strategy", "--granularity", "--time", "--faults", "--faults-max", "--jobs",
                             "--shard", "--result", "--check-determinism", "--shrink-to"})
      if (!world->decides && run_->count(flag) > 0)
        return refuse("flag-without-effect", fmt::format("{} means nothing in world {}", flag, asked.world),
                      "leave it out, or use --world sim");
    for (const char* flag : {"--jobs", "--shard", "--result"})
      if (asked.checks_determinism && run_->count(flag) > 0)
        return refuse("flag-without-effect", fmt::format("{} means nothing with --check-determinism", flag),
                      "one process checks; give others other seeds by --seed");
    const auto budget = read_budget();
    if (!budget) return tl::unexpected(budget.error());
    asked.budget = *budget;
    asked.granularity = granularity_of(typed_.granularity);
    if (!asked.granularity && run_->count("--granularity") > 0)
      return refuse("granularity-unknown", fmt::format("no granularity is called '{}'", typed_.granularity),
                    "op: switch between operations; os: switch at every Os call");
    asked.time = time_mode_of(typed_.time);
    if (!asked.time && run_->count("--time") > 0)
      return refuse(
          "time-unknown", fmt::format("no time mode is called '{}'", typed_.time),
          "maximal: timers fire when nothing else can run; explore: the earliest may at any choice; "
          "races: any may");
    if (const auto good = read_faults(asked); !good) return tl::unexpected(good.error());
    return asked;
  }

  /// The file says what is run; how many processes do, too.
  Expected<Request> read_resume(RunScenario asked) const {
    for (const CLI::Option* option : run_->get_options())
      if (option->count() > 0 && option->get_name() != "--resume" && option->get_name() != "--result" &&
          option->get_name() != "--report" && option->get_name() != "--json")
        return refuse("flag-without-effect",
                      fmt::format("{} means nothing with --resume: the file says it", option->get_name()),
                      "leave it out; --result, --report and --json may stay");
    if (const auto good = read_reports(asked.reports, asked.prints_lines); !good)
      return tl::unexpected(good.error());
    return asked;
  }

  /// A list without a number allows one.
  Expected<void> read_faults(RunScenario& asked) const {
    for (const std::string& name : typed_.faults) {
      const auto fault = fault_of(name);
      if (!fault)
        return refuse(
            "fault-unknown", fmt::format("no fault is called '{}'", name),
            near_hint(name, fault_names(), fmt::format("there are {}", fmt::join(fault_names(), ", "))));
      asked.faults.add(*fault);
    }
    if (asked.faults.is_empty() && asked.faults_max > 0)
      return refuse("flag-without-effect", "--faults-max means nothing without --faults",
                    "name the faults that may strike: --faults kill,eintr");
    if (!asked.faults.is_empty() && asked.faults_max == 0) asked.faults_max = 1;
    return {};
  }

  Expected<Request> read_replay() {
    if (const auto good = read_reports(typed_.replay.reports, typed_.replay.prints_lines); !good)
      return tl::unexpected(good.error());
    if (typed_.replay.is_lenient && typed_.replay.break_at)
      return refuse("flag-without-effect", "--break means nothing with --lenient",
                    "a step is of one execution: replay leniently first, then break in the new token's");
    typed_.replay.token = fmt::format("{}", fmt::join(typed_.token, ""));
    return typed_.replay;
  }

  Expected<Request> read_gate() {
    if (const auto good = check_strategy(typed_.judge.strategy, typed_.judge.jobs > 1); !good)
      return tl::unexpected(good.error());
    Expected<JudgeScenarios> configured = JudgeScenarios{};
    if (!typed_.config.empty()) configured = load_gate_config(typed_.config);
    if (!configured) return tl::unexpected(configured.error());
    JudgeScenarios asked = with_flags(*std::move(configured));
    if (const auto good = read_gate_budgets(asked); !good) return tl::unexpected(good.error());
    if (const auto good = read_reports(asked.reports, asked.prints_lines); !good)
      return tl::unexpected(good.error());
    for (const ReportAsked& each : asked.reports)
      if (each.file.empty())
        return refuse("report-without-file", fmt::format("a gate prints its own table, not {}", each.name),
                      fmt::format("name a file: --report {}:FILE", each.name));
    if (asked.fixes_baseline && asked.baseline.empty())
      return refuse("flag-without-effect", "--fix means nothing without a baseline",
                    "name it: --baseline FILE");
    return heeding_test_runner(std::move(asked), environment());
  }

  /// A flag that was typed counts for more than the file.
  JudgeScenarios with_flags(JudgeScenarios asked) const {
    const JudgeScenarios& typed = typed_.judge;
    if (gate_->count("scenarios") > 0) asked.scenarios = typed.scenarios;
    if (gate_->count("--strategy") > 0) asked.strategy = typed.strategy;
    if (gate_->count("--seed") > 0) asked.seed = typed.seed;
    if (gate_->count("--regressions") > 0) asked.regressions = typed.regressions;
    if (gate_->count("--jobs") > 0) asked.jobs = typed.jobs;
    if (gate_->count("--suppressions") > 0) asked.suppressions_file = typed.suppressions_file;
    if (gate_->count("--baseline") > 0) asked.baseline = typed.baseline;
    asked.fixes_baseline = typed.fixes_baseline;
    asked.prints_lines = typed.prints_lines;
    return asked;
  }

  Expected<void> read_gate_budgets(JudgeScenarios& asked) const {
    const auto budget = read_budget();
    if (!budget) return tl::unexpected(budget.error());
    if (*budget) asked.budget = *budget;
    if (gate_->count("--shard") > 0) {
      const auto shard = shard_of(typed_.shard, environment());
      if (!shard) return tl::unexpected(shard.error());
      asked.shard = *shard;
    }
    if (typed_.budget_total.empty()) return {};
    const auto total = budget_of(typed_.budget_total);
    if (!total || !total->time)
      return refuse("budget-malformed", fmt::format("'{}' is no time", typed_.budget_total),
                    "all scenarios together get a time: 30s, 10m");
    asked.time = total->time;
    return {};
  }

  static Environment environment() {
    return [](const char* name) -> const char* { return std::getenv(name); };
  }

  Expected<Request> read_merge() {
    if (const auto good = read_reports(typed_.merge.reports, typed_.merge.prints_lines); !good)
      return tl::unexpected(good.error());
    return typed_.merge;
  }

  Expected<Request> read_linearizable() {
    JudgeHistories& asked = typed_.histories;
    asked.model = linearizability::find_model(typed_.model);
    if (asked.model == nullptr)
      return refuse(
          "model-unknown", fmt::format("no model is called '{}'", typed_.model),
          near_hint(typed_.model, names_of(linearizability::models()),
                    fmt::format("there are {}", fmt::join(names_of(linearizability::models()), ", "))));
    if (linearizable_->count("--value") == 0) asked.value = asked.model->value;
    const auto format = histories::format_of(typed_.format);
    if (!format)
      return refuse("format-unknown", fmt::format("no format is called '{}'", typed_.format),
                    "edn or jepsen");
    asked.format = *format;
    const auto budget = read_budget();
    if (!budget) return tl::unexpected(budget.error());
    if (*budget && !(*budget)->time)
      return refuse("budget-malformed", fmt::format("'{}' is no time", typed_.budget),
                    "a history is judged once: write 30s or 2m");
    if (*budget) asked.time = *(*budget)->time;
    return asked;
  }

  CLI::App app_{"heddle decides every interleaving of a program and says what goes wrong in which.",
                "heddle"};
  std::vector<std::pair<CLI::App*, Table>> tables_;
  CLI::App* run_ = nullptr;
  CLI::App* replay_ = nullptr;
  CLI::App* gate_ = nullptr;
  CLI::App* digest_ = nullptr;
  CLI::App* merge_ = nullptr;
  CLI::App* linearizable_ = nullptr;
  Typed typed_;
};

}  // namespace

Expected<Request> read_arguments(int argc, const char* const* argv) { return CommandLine().read(argc, argv); }

}  // namespace heddle::cli
