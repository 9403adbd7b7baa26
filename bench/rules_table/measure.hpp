// What a rule is worth, measured on the misuse corpus: its planted programs and their mended twins.
#pragma once

#include <cstdint>
#include <heddle/core/rules.hpp>
#include <heddle/core/scenario.hpp>
#include <span>
#include <vector>

namespace heddle::rules_table {

struct Limits {
  std::uint64_t seeds = 20;         // 1..seeds
  std::uint64_t plant_cap = 1'000;  // executions of a planted program for each seed
  std::uint64_t twin_executions = 1'000;
};

struct Measured {
  std::uint64_t plants = 0;
  std::uint64_t caught = 0;               // of these: by every seed
  std::vector<std::uint64_t> executions;  // until the rule was told, ascending: one for each plant and seed
  std::uint64_t predicted = 0;            // plants that an execution without harm is enough for
  std::uint64_t twins = 0;
  std::uint64_t silent = 0;  // of these
};

/// The planted program or twin of this rule.
bool is_plant_of(const Scenario& scenario, const Rule& rule);
bool is_twin_of(const Scenario& scenario, const Rule& rule);

Measured measure(const Rule& rule, std::span<const Scenario> scenarios, const Limits& limits);

/// Absent from an empty list; of an even number the mean of the two in the middle.
double median_of(const std::vector<std::uint64_t>& ascending);

}  // namespace heddle::rules_table
