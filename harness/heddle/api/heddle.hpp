// The doors to heddle for users' programs: explore a program from C++, record outcomes, ask for data to
// be explored, or turn any binary into a heddle command line over its own scenarios.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include <heddle/api/assume_order.hpp>
#include <heddle/api/histories.hpp>
#include <heddle/api/invariants.hpp>
#include <heddle/api/unexplored.hpp>
#include <heddle/core/scenario.hpp>
#include <heddle/core/session.hpp>
#include <heddle/core/suppressions.hpp>
#include <heddle/core/token.hpp>
#include <heddle/core/verdict.hpp>

namespace heddle {

struct Options {
  std::string strategy = std::string(default_strategy);  // docs/reference/strategies.md
  std::uint64_t seed = 1;
  Budget budget = {};
  RunOptions run = {};
  std::uint32_t findings_max = 1;
  bool seek_harm = true;
  /// With `portfolio` and time `maximal`: in a fifth of the executions timeouts may strike before their time.
  /// What only these show is kept apart (Result::beyond).
  bool looks_beyond_maximal = true;
  /// Each execution is made twice and must be the same; otherwise the verdict is Broken.
  bool checks_determinism = false;
  bool judge_misuse = true;  // a call that a primitive rejects is a finding, also if the program handles it
  /// Findings that are known and may stay; what they put aside is in Result::suppressed. See
  /// docs/reference/suppressions.md, and heddle::load_suppressions below.
  Suppressions suppressions = {};
  std::function<void(const std::string& line)> status = {};  // live status lines, if wanted
  std::function<bool()> is_interrupted = {};                 // asked now and then: finish up, lose nothing
  bool heeds_environment = true;                             // HEDDLE_REPLAY; see explore()
};

/// Runs `body` as the main process of many simulated executions. Throws std::invalid_argument for an
/// unknown strategy. Where the environment has HEDDLE_REPLAY=<token> and the token is of a program of this
/// name, it is replayed instead (api/replay.hpp).
Result explore(std::function<void()> body, const Options& options = {}, std::string name = "program");

/// Runs a tape exactly, once. Broken, with the step, where it no longer fits (api/replay.hpp: leniently). A
/// tape found beside suppressed findings needs the same `suppressions`: without them its execution ends
/// early.
Result replay(std::function<void()> body, const Token& token, const Suppressions& suppressions = {});

/// Today, in UTC.
Date today();

/// Reads a suppressions file; what has expired by `now` suppresses nothing. Errors suppressions-unreadable
/// and suppressions-malformed.
Expected<Suppressions> load_suppressions(const std::string& file, const Date& now = today());

/// One number for the histories of budget.executions executions: two builds, machines or runs that agree
/// on it ran the very same interleavings.
std::uint64_t digest(std::function<void()> body, const Options& options = {});

/// A command line over these scenarios: list, run, replay, gate. Gives the exit code (core/error.hpp).
/// `regressions`: the folder of tapes that gate runs first unless it is told of another; empty: none.
int main(int argc, char** argv, std::span<const Scenario> scenarios, std::string_view regressions = {});

/// Records what came out of this execution. Each execution's records make one tuple; the result holds the
/// set of all tuples seen.
void outcome(std::string_view text);
void outcome(std::int64_t value);

/// A place in the program by name. `must_reach`, said in any execution: an exploration that finds nothing and
/// in none of whose executions `reached` was said of the name is vacuous. In world sim; the host, which sees
/// what it happens to, does not ask.
void must_reach(std::string_view name);
void reached(std::string_view name);

/// An alternative 0..count-1 that the harness explores; 0 outside one.
std::uint32_t choose(std::uint32_t count);

/// The program's own assertion: unless `holds`, the execution ends with finding `assertion`.
void check(bool holds, std::string_view words, mp::Location where = mp::Location::current());

}  // namespace heddle
