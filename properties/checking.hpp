// One program of a property, explored.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <heddle/core/verdict.hpp>
#include <heddle/programs/program.hpp>

namespace heddle::properties {

/// Throws std::invalid_argument for a text that makes no sense.
programs::Program program_of(const std::string& text);

struct Checked {
  std::optional<Failure> broken = {};  // a finding that the program does not declare
  std::string lacking = {};            // in words: one that it declares, and that was not found
  std::uint64_t executions = 0;
};

/// So many executions at default settings; with an even seed at granularity `os`, where tasks may switch
/// within a primitive too.
Checked check(const programs::Program& program, std::uint64_t seed, std::uint64_t executions);

}  // namespace heddle::properties
