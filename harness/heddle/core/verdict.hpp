// What an exploration says, as values (STYLE: results are values). Failed holds what reproduces it.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <heddle/core/finding.hpp>
#include <heddle/core/options.hpp>
#include <heddle/core/situation.hpp>
#include <heddle/core/tape.hpp>

namespace heddle {

/// How much was seen, stated honestly.
struct Coverage {
  std::uint64_t executions = 0;
  std::uint64_t abandoned = 0;      // executions not among these: the strategy had seen what was to come
  std::uint64_t interleavings = 0;  // distinct ones: orders of steps that depend on each other
  std::uint64_t choice_points = 0;  // over all executions
  std::uint64_t steps = 0;          // over all executions
  std::uint64_t steps_longest = 0;
  bool exhausted = false;  // every interleaving of the program at this granularity was run
  double seconds = 0;
};

/// One finding with the shortest tape known to reproduce it and the history of that run.
struct Failure {
  Finding finding;
  RunOptions run = {};
  Tape tape = {};
  std::uint64_t default_digest = 0;
  std::uint64_t found_at = 0;          // the execution that first had it, from 1
  std::string_view found_by = {};      // which of several strategies made that; empty: there is one
  std::uint64_t deviations_found = 0;  // how long its tape was before shrinking
  std::uint64_t shrink_executions = 0;
  std::shared_ptr<const Situation> history = nullptr;
};

struct Passed {};
struct Failed {
  std::vector<Failure> failures;  // at least one; one per bug, in the order found
};
struct GaveUp {
  std::string why;
};
struct Broken {
  std::string why;         // "nondeterministic: ..."
  std::uint64_t step = 0;  // the first that differs
};
using Verdict = std::variant<Passed, Failed, GaveUp, Broken>;

struct Result {
  Verdict verdict;
  Coverage coverage;
  std::set<std::string> outcomes;  // every distinct tuple the program recorded, one line each
  bool interrupted = false;
};

}  // namespace heddle
