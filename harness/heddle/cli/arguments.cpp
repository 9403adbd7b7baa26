// See the header. CLI11 takes words apart, and what they mean is decided here, so that a wrong name is
// answered with the names there are.
#include <fmt/format.h>

#include <cstdlib>
#include <heddle/cli/arguments.hpp>
#include <heddle/cli/command_line.hpp>
#include <heddle/cli/completion.hpp>
#include <heddle/cli/gate_config.hpp>
#include <heddle/cli/manual.hpp>
#include <heddle/cli/shard.hpp>
#include <heddle/cli/test_runner.hpp>
#include <heddle/core/near.hpp>
#include <heddle/strategies/registry.hpp>
#include <heddle/worlds/registry.hpp>

namespace heddle::cli {
namespace {

tl::unexpected<Error> refuse(std::string code, std::string what, std::string hint) {
  return tl::unexpected(Error{.code = std::move(code), .what = std::move(what), .hint = std::move(hint)});
}

class Arguments : private CommandLine {
 public:
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
    if (explain_->parsed()) return typed_.explain;
    if (man_->parsed()) return ShowText{manual(synopsis(program_of(argc, argv)))};
    if (completion_->parsed()) return read_completion(program_of(argc, argv));
    if (replay_->parsed()) return read_replay();
    if (digest_->parsed()) return typed_.digests;
    if (merge_->parsed()) return read_merge();
    if (linearizable_->parsed()) return read_linearizable();
    if (conform_->parsed()) return read_conform();
    return run_->parsed() ? read_run() : read_gate();
  }

 private:
  /// As it is called in a shell: without its folder.
  static std::string program_of(int argc, const char* const* argv) {
    const std::string path = argc > 0 ? argv[0] : "heddle";
    return path.substr(path.rfind('/') + 1);
  }

  Expected<Request> read_completion(const std::string& program) const {
    if (typed_.shell == "bash") return ShowText{bash_completion(synopsis(program))};
    if (typed_.shell == "zsh") return ShowText{zsh_completion(synopsis(program))};
    if (typed_.shell == "fish") return ShowText{fish_completion(synopsis(program))};
    return refuse("shell-unknown", fmt::format("nothing completes in a shell called '{}'", typed_.shell),
                  "bash, zsh or fish");
  }

  /// Absent: as the command has it.
  Expected<std::optional<FailOn>> read_fail_on() const {
    if (typed_.fail_on.empty()) return std::nullopt;
    if (const auto fail_on = fail_on_of(typed_.fail_on)) return fail_on;
    return refuse("fail-on-unknown", fmt::format("'{}' is nothing to fail on", typed_.fail_on),
                  "error, warning or never");
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
    const auto fail_on = read_fail_on();
    if (!fail_on) return tl::unexpected(fail_on.error());
    asked.fail_on = *fail_on;
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
          option->get_name() != "--report" && option->get_name() != "--json" &&
          option->get_name() != "--fail-on")
        return refuse("flag-without-effect",
                      fmt::format("{} means nothing with --resume: the file says it", option->get_name()),
                      "leave it out; --result, --report, --json and --fail-on may stay");
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
    const auto fail_on = read_fail_on();
    if (!fail_on) return tl::unexpected(fail_on.error());
    if (*fail_on) asked.fail_on = **fail_on;
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

  Expected<Request> read_conform() {
    ConformPort& asked = typed_.conform;
    using What = ConformPort::What;
    const std::string& what = typed_.conform_what;
    if (what == "list") asked.what = What::list;
    if (what == "smoke") asked.what = What::smoke;
    if (what == "matrix") asked.what = What::matrix;
    if (asked.what == What::run && !what.empty())
      return refuse("usage", fmt::format("conform does not '{}'", what), "list, smoke, matrix, or nothing");
    const bool drives = asked.what == What::run || asked.what == What::smoke;
    if (drives && asked.adapter.empty())
      return refuse("usage", "--adapter is required",
                    "name the command that starts it: --adapter 'python3 mine.py'");
    if (asked.what != What::matrix && !asked.files.empty())
      return refuse("usage", "files are compared by matrix", "heddle conform matrix FILE FILE");
    if (asked.fixes_failures && asked.failures.empty())
      return refuse("flag-without-effect", "--fix means nothing without a file", "name it: --failures FILE");
    if (const auto good = check_strategy(asked.strategy); !good) return tl::unexpected(good.error());
    const auto budget = read_budget();
    if (!budget) return tl::unexpected(budget.error());
    if (*budget) asked.budget = **budget;
    if (const auto good = read_deadline(asked); !good) return tl::unexpected(good.error());
    for (const std::string& words : typed_.reports) {
      const std::size_t colon = words.find(':');
      asked.reports.push_back({.name = words.substr(0, colon),
                               .file = colon == std::string::npos ? "" : words.substr(colon + 1)});
    }
    return asked;
  }

  Expected<void> read_deadline(ConformPort& asked) const {
    if (typed_.deadline.empty()) return {};
    const auto deadline = budget_of(typed_.deadline);
    if (!deadline || !deadline->time)
      return refuse("budget-malformed", fmt::format("'{}' is no time", typed_.deadline), "write 10s or 1m");
    asked.deadline = *deadline->time;
    return {};
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
};

}  // namespace

Expected<Request> read_arguments(int argc, const char* const* argv) { return Arguments().read(argc, argv); }

}  // namespace heddle::cli
