// See the header.
#include <fmt/format.h>

#include <heddle/cli/command_line.hpp>
#include <heddle/core/faults.hpp>
#include <heddle/core/near.hpp>
#include <heddle/core/version.hpp>

namespace heddle::cli {
namespace {

constexpr std::uint32_t jobs_max = 1'024;
constexpr const char* footer =
    "Exit codes: 0 clean, 1 findings, 2 inconclusive, 3 internal or machine error, 4 usage, 5 nothing "
    "selected.";

Argument argument_of(const CLI::Option& option) {
  std::string value = option.get_items_expected_max() == 0 ? "" : option.get_type_name();
  return {.name = option.get_positional() ? option.get_name() : "--" + option.get_lnames().front(),
          .summary = option.get_description(),
          .value = value.substr(0, value.find(':')),  // what follows is a check
          .is_required = option.get_required(),
          .is_repeated = option.get_items_expected_max() > 1};
}

void add_arguments(const CLI::App& app, std::vector<Argument>& flags, std::vector<Argument>& words) {
  for (const CLI::Option* const option : app.get_options())
    (option->get_positional() ? words : flags).push_back(argument_of(*option));
}

}  // namespace

CommandLine::CommandLine() {
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
  add_conform();
  add_shell();
}

Synopsis CommandLine::synopsis(const std::string& program) const {
  Synopsis synopsis{.program = program, .summary = app_.get_description(), .flags = {}, .commands = {}};
  std::vector<Argument> none;
  add_arguments(app_, synopsis.flags, none);
  for (const CLI::App* const each : app_.get_subcommands({})) {
    Command command{.name = each->get_name(), .summary = each->get_description(), .flags = {}, .words = {}};
    add_arguments(*each, command.flags, command.words);
    synopsis.commands.push_back(std::move(command));
  }
  return synopsis;
}

void CommandLine::add_table(const char* name, const char* summary, Table table) {
  tables_.emplace_back(app_.add_subcommand(name, summary), table);
}

void CommandLine::add_tables() {
  add_table("list", "the scenarios and what is expected of them", Table::scenarios);
  add_table("rules", "what heddle can find", Table::rules);
  add_table("strategies", "who can make the choices", Table::strategies);
  add_table("worlds", "where programs can run", Table::worlds);
  add_table("reports", "how results can be shown", Table::reports);
  explain_ = app_.add_subcommand("explain", "what a rule means, how it hurts and what helps");
  explain_->add_option("rule", typed_.explain.rule, "its id (heddle rules)")->required()->type_name("RULE");
}

void CommandLine::add_search_flags(CLI::App& command, std::string& strategy, std::uint64_t& seed) {
  command.add_option("--strategy", strategy, "who makes the choices (heddle strategies)")
      ->type_name("STRATEGY");
  command.add_option("--seed", seed, "the strategy's stream of chance, and the programs'")
      ->type_name("N")
      ->check(CLI::NonNegativeNumber);
  command.add_option("--fail-on", typed_.fail_on, "what makes the exit code 1: error, warning or never")
      ->type_name("{error,warning,never}");
  command.add_option("--budget", typed_.budget, "how long: 10000x executions, 30s, 2m")->type_name("BUDGET");
}

void CommandLine::add_run() {
  run_ =
      app_.add_subcommand("run", "explore one scenario, or a program from a file, and report what is found");
  run_->add_option("scenario", typed_.run.scenario, "its name (heddle list), or the file of a program")
      ->type_name("SCENARIO|FILE");
  add_search_flags(*run_, typed_.run.strategy, typed_.run.seed);
  run_->add_option("--granularity", typed_.granularity, "where tasks may switch: op or os")
      ->type_name("{op,os}");
  run_->add_option("--time", typed_.time, "when sleeps and timeouts may end: maximal, explore or races")
      ->type_name("{maximal,explore,races}");
  run_->add_option("--world", typed_.run.world, "where it runs: sim or host")->type_name("WORLD");
  run_->add_option("--faults", typed_.faults, "which faults may strike: kill,eintr,short-io,...")
      ->type_name(fmt::format("{{{}}}", fmt::join(fault_names(), ",")))
      ->delimiter(',');
  run_->add_option("--faults-max", typed_.run.faults_max, "how often in one execution, all together")
      ->type_name("N")
      ->check(CLI::PositiveNumber);
  run_->add_option("--findings-max", typed_.run.findings_max, "stop after so many different findings")
      ->type_name("N")
      ->check(CLI::PositiveNumber);
  run_->add_flag("--check-determinism", typed_.run.checks_determinism,
                 "make each execution twice and compare; takes three to ten times as long");
  run_->add_option("--shrink-to", typed_.run.shrink_to,
                   "a file for the smallest program that still shows the finding; of a program from a file")
      ->type_name("FILE");
  add_reports(*run_, typed_.run.prints_lines);
  add_jobs(*run_, typed_.run.jobs);
  run_->add_option("--shard", typed_.shard, "which share of the executions: 3/8, or auto")->type_name("I/N");
  run_->add_option("--result", typed_.run.result, "a file for what was seen, for merge and --resume")
      ->type_name("FILE");
  run_->add_option("--resume", typed_.run.resume, "go on with the run whose result this file has")
      ->type_name("FILE");
  add_suppressions(*run_, typed_.run.suppressions_file);
}

void CommandLine::add_suppressions(CLI::App& command, std::string& file) {
  command
      .add_option("--suppressions", file,
                  "a file of findings that may stay: lines of rule:pattern [until=2027-01-31] reason")
      ->type_name("FILE");
}

void CommandLine::add_reports(CLI::App& command, bool& prints_lines) {
  command.add_flag("--json", prints_lines, "JSON lines on standard output instead of text");
  command
      .add_option("--report", typed_.reports,
                  "how to show the result, and in which file: junit:FILE (heddle reports); repeatable")
      ->type_name("REPORT");
  command.add_option("--junit-flavour", typed_.flavour, "what report junit looks like: jenkins or gtest")
      ->type_name("{jenkins,gtest}");
}

void CommandLine::add_jobs(CLI::App& command, std::uint32_t& jobs) {
  command.add_option("--jobs", jobs, "how many processes search")
      ->type_name("N")
      ->check(CLI::Range(1U, jobs_max));
}

void CommandLine::add_replay() {
  replay_ = app_.add_subcommand("replay", "run one interleaving again");
  replay_->add_option("token", typed_.token, "the line's last word, h1-...")->type_name("TOKEN")->required();
  add_reports(*replay_, typed_.replay.prints_lines);
  replay_->add_flag("--lenient", typed_.replay.is_lenient,
                    "where the tape no longer fits, play what does and search near it");
  add_suppressions(*replay_, typed_.replay.suppressions_file);
  replay_->add_option("--break", typed_.replay.break_at, "raise SIGTRAP at this step, for a debugger")
      ->type_name("STEP");
}

void CommandLine::add_gate() {
  gate_ = app_.add_subcommand("gate", "judge every scenario: exactly the expected findings, or fail");
  gate_->add_option("scenarios", typed_.judge.scenarios, "only these")->type_name("SCENARIO");
  add_search_flags(*gate_, typed_.judge.strategy, typed_.judge.seed);
  gate_->add_option("--config", typed_.config, "a file that says what flags would: heddle.toml")
      ->type_name("FILE");
  gate_->add_option("--budget-total", typed_.budget_total, "how long for all scenarios together: 30s, 10m")
      ->type_name("TIME");
  gate_->add_option("--shard", typed_.shard, "which share of the scenarios: 3/8, or auto")->type_name("I/N");
  gate_
      ->add_option("--baseline", typed_.judge.baseline, "a file of findings that are known: only others fail")
      ->type_name("FILE");
  gate_->add_flag("--fix", typed_.judge.fixes_baseline, "write the baseline anew");
  gate_->add_option("--regressions", typed_.judge.regressions, "run the tapes of this folder first")
      ->type_name("FOLDER");
  add_reports(*gate_, typed_.judge.prints_lines);
  add_jobs(*gate_, typed_.judge.jobs);
  add_suppressions(*gate_, typed_.judge.suppressions_file);
}

void CommandLine::add_merge() {
  merge_ = app_.add_subcommand("merge", "one result out of the results of all shards");
  merge_->add_option("files", typed_.merge.files, "what run --shard --result has written")
      ->type_name("FILE")
      ->required();
  add_reports(*merge_, typed_.merge.prints_lines);
}

void CommandLine::add_linearizable() {
  linearizable_ = app_.add_subcommand("linearizable", "judge histories of calls against a sequential model");
  linearizable_->add_option("files", typed_.histories.files, "a history each")->type_name("FILE")->required();
  linearizable_->add_option("--model", typed_.model, "of what object the calls are")
      ->type_name(fmt::format("{{{}}}", fmt::join(names_of(linearizability::models()), ",")))
      ->required();
  linearizable_->add_option("--format", typed_.format, "how they are written: edn or jepsen")
      ->type_name("{edn,jepsen}");
  linearizable_->add_option("--value", typed_.histories.value, "permits of a semaphore, maxsize of a queue")
      ->type_name("N")
      ->check(CLI::NonNegativeNumber);
  linearizable_->add_option("--budget", typed_.budget, "how long for each file: 30s, 2m")->type_name("TIME");
}

void CommandLine::add_conform() {
  ConformPort& asked = typed_.conform;
  conform_ = app_.add_subcommand("conform", "judge a port of multiprocessing by the suite of cases");
  conform_
      ->add_option("what", typed_.conform_what, "list the cases, try a few of them (smoke), or compare ports")
      ->type_name("{list,smoke,matrix}");
  conform_->add_option("files", asked.files, "of matrix: what --report json:FILE has written")
      ->type_name("FILE");
  conform_->add_option("--adapter", asked.adapter, "a command that starts the port's adapter")
      ->type_name("COMMAND");
  conform_->add_option("--only", asked.only, "cases whose name, or a row of which, fits: queue/*, QUEUE-0?")
      ->type_name("PATTERN");
  conform_->add_option("--suite", asked.suite, "programs of this folder instead of the suite")
      ->type_name("FOLDER");
  conform_->add_option("--strategy", asked.strategy, "who makes the choices (heddle strategies)")
      ->type_name("STRATEGY");
  conform_->add_option("--seed", asked.seed, "the strategy's stream of chance")
      ->type_name("N")
      ->check(CLI::NonNegativeNumber);
  conform_->add_option("--budget", typed_.budget, "how often, or how long, for each case: 10x, 30s")
      ->type_name("BUDGET");
  conform_->add_option("--deadline", typed_.deadline, "when a case is given up and the adapter killed: 10s")
      ->type_name("TIME");
  conform_->add_option("--start-method", asked.start_method, "how the port is to start processes")
      ->type_name("METHOD");
  conform_->add_option("--order", asked.order, "of one case: who issues each call, as a failure has said it")
      ->type_name("ORDER");
  conform_->add_option("--report", typed_.reports, "how to show the result, and in which file; repeatable")
      ->type_name("{text,json,junit,html}:FILE");
  conform_
      ->add_option("--failures", asked.failures, "a file of failures that are known: any other result fails")
      ->type_name("FILE");
  conform_->add_flag("--fix", asked.fixes_failures, "write the file of failures anew");
  conform_->add_flag("-V,--validate", asked.validates, "hold every message against the schema");
  conform_->add_flag("--json", asked.prints_json, "of list: JSON instead of a table");
}

void CommandLine::add_shell() {
  completion_ = app_.add_subcommand("completion", "a script by which a shell completes commands and flags");
  completion_->add_option("shell", typed_.shell, "bash, zsh or fish")
      ->required()
      ->type_name("{bash,zsh,fish}");
  man_ = app_.add_subcommand("man", "the manual page, for man -l -");
}

void CommandLine::add_digest() {
  digest_ = app_.add_subcommand("digest", "one number per scenario that the same seed gives everywhere");
  digest_->add_option("--seed", typed_.digests.seed, "the strategy's stream of chance, and the programs'")
      ->type_name("N")
      ->check(CLI::NonNegativeNumber);
  digest_->add_option("--executions", typed_.digests.executions, "how many of each scenario")
      ->type_name("N")
      ->check(CLI::PositiveNumber);
}

}  // namespace heddle::cli
