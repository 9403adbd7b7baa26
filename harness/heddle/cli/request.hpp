// What a command line asks for, as values: all names looked up, all numbers read. The rest of the CLI never
// sees a flag.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <heddle/core/options.hpp>

namespace heddle::cli {

/// --help and --version.
struct ShowText {
  std::string text;
};

enum class Table : std::uint8_t { scenarios, rules, strategies, reports, worlds };
struct ShowTable {
  Table table{};
};

struct RunScenario {
  std::string scenario;
  std::string strategy = "random";
  std::string world = "sim";
  std::string report = "text";
  std::uint64_t seed = 1;
  std::optional<Budget> budget;            // absent: the world's default
  std::optional<Granularity> granularity;  // absent: the scenario's
  std::optional<TimeMode> time;            // absent: the scenario's
  FaultSet faults = {};
  std::uint32_t faults_max = 0;
  std::uint32_t findings_max = 1;
};

struct ReplayToken {
  std::string token;
  std::string report = "text";
};

struct JudgeScenarios {
  std::vector<std::string> scenarios;  // empty: all
  std::string strategy = "random";
  std::uint64_t seed = 1;
  std::optional<Budget> budget;  // of each scenario; absent: the gate shares its minute out
};

/// What the same seed must give everywhere.
struct ShowDigests {
  std::uint64_t seed = 1;
  std::uint64_t executions = 1'000;  // of each scenario
};

using Request = std::variant<ShowText, ShowTable, RunScenario, ReplayToken, JudgeScenarios, ShowDigests>;

}  // namespace heddle::cli
