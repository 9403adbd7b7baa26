// The commands and flags there are, as CLI11 is told of them, and what was typed. What they mean is decided
// by who reads them (arguments.cpp). A flag says what is to be written behind it: `{op,os}` is one of these,
// FILE and FOLDER are such, and SCENARIO, RULE, STRATEGY, WORLD and REPORT are names that a command lists.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <utility>
#include <vector>

#include <heddle/cli/request.hpp>
#include <heddle/cli/synopsis.hpp>

namespace heddle::cli {

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
  ConformPort conform;
  std::string conform_what;
  std::string deadline;
  std::string model;
  std::string format = "edn";
  std::string fail_on;
  std::string shell;
  ExplainRule explain;
};

class CommandLine {
 public:
  CommandLine();
  /// `program`: as it is called in a shell.
  Synopsis synopsis(const std::string& program) const;

 protected:
  CLI::App app_{"heddle decides every interleaving of a program and says what goes wrong in which.",
                "heddle"};
  std::vector<std::pair<CLI::App*, Table>> tables_;
  CLI::App* run_ = nullptr;
  CLI::App* replay_ = nullptr;
  CLI::App* gate_ = nullptr;
  CLI::App* digest_ = nullptr;
  CLI::App* merge_ = nullptr;
  CLI::App* linearizable_ = nullptr;
  CLI::App* conform_ = nullptr;
  CLI::App* explain_ = nullptr;
  CLI::App* completion_ = nullptr;
  CLI::App* man_ = nullptr;
  Typed typed_;

 private:
  void add_table(const char* name, const char* summary, Table table);
  void add_tables();
  void add_search_flags(CLI::App& command, std::string& strategy, std::uint64_t& seed);
  void add_run();
  void add_suppressions(CLI::App& command, std::string& file);
  void add_reports(CLI::App& command, bool& prints_lines);
  void add_jobs(CLI::App& command, std::uint32_t& jobs);
  void add_replay();
  void add_gate();
  void add_merge();
  void add_linearizable();
  void add_conform();
  void add_digest();
  void add_shell();
};

}  // namespace heddle::cli
