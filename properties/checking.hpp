// One program of a property, explored.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <heddle/core/verdict.hpp>
#include <heddle/programs/program.hpp>
#include <properties/property.hpp>

namespace heddle::properties {

/// Throws std::invalid_argument for a text that makes no sense.
programs::Program program_of(const std::string& text);

/// What is told of a death, and no more than that: of a property despite a kill it breaks nothing. A lock may
/// be held on purpose at an end that nobody brought about.
std::span<const std::string_view> rules_about_a_death();

struct Checked {
  std::optional<Failure> broken = {};  // a finding that the program does not declare
  std::string lacking = {};            // in words: one that it declares, and that was not found
  std::uint64_t executions = 0;
};

/// So many executions of one of the property's programs. By turns of the seed, at granularity `op`; at `os`,
/// where tasks may switch within a primitive too; and at `os` with up to two interrupted calls, short reads
/// and writes and spurious wake-ups in each execution, which nobody may notice. Where the property is despite
/// a kill, the third has one process struck dead instead.
Checked check(const Property& property, const programs::Program& program, std::uint64_t seed,
              std::uint64_t executions);

}  // namespace heddle::properties
