// The doors to heddle for users' programs: explore a program from C++, record outcomes, ask for data to
// be explored, or turn any binary into a heddle command line over its own scenarios.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include <heddle/core/scenario.hpp>
#include <heddle/core/session.hpp>
#include <heddle/core/token.hpp>
#include <heddle/core/verdict.hpp>

namespace heddle {

struct Options {
  std::string strategy = "random";  // docs/reference/strategies.md
  std::uint64_t seed = 1;
  Budget budget = {};
  RunOptions run = {};
  std::uint32_t findings_max = 1;
  bool seek_harm = true;
  bool judge_misuse = true;  // a call that a primitive rejects is a finding, also if the program handles it
  std::function<void(const std::string& line)> status = {};  // live status lines, if wanted
  std::function<bool()> is_interrupted = {};                 // asked now and then: finish up, lose nothing
};

/// Runs `body` as the main process of many simulated executions. Throws std::invalid_argument for an
/// unknown strategy.
Result explore(std::function<void()> body, const Options& options = {}, std::string name = "program");

/// Runs a tape exactly.
Result replay(std::function<void()> body, const Token& token);

/// One number for the histories of budget.executions executions: two builds, machines or runs that agree
/// on it ran the very same interleavings.
std::uint64_t digest(std::function<void()> body, const Options& options = {});

/// A command line over these scenarios: list, run, replay, gate. Gives the exit code (core/error.hpp).
int main(int argc, char** argv, std::span<const Scenario> scenarios);

/// Records what came out of this execution. Each execution's records make one tuple; the result holds the
/// set of all tuples seen.
void outcome(std::string_view text);
void outcome(std::int64_t value);

/// An alternative 0..count-1 that the harness explores; 0 outside one.
std::uint32_t choose(std::uint32_t count);

/// The program's own assertion: unless `holds`, the execution ends with finding `assertion`.
void check(bool holds, std::string_view words, mp::Location where = mp::Location::current());

}  // namespace heddle
