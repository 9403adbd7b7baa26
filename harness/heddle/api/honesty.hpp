// The check that the simulated world is honest: every outcome that real processes show must be one that it
// shows as well. A program is searched in sim, at granularity os with time mode races (which is all that the
// model has), and run on the host as often as asked, disturbed. An outcome that the host has and the search
// has not found yet is searched for further before it is called a stranger.
//
// What an answer means: *passed*, only after a search that was exhausted. *inconclusive*: no stranger, or
// some, but there are interleavings left; strangers are listed either way and are worth a look. *failed*: a
// stranger after an exhausted search, or a run in either world that ended in trouble.
//
// A program must record only what its data tell it, from one process: the order in which two processes
// record is nobody's promise.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>

namespace heddle {

struct HonestyOptions {
  std::uint64_t systematic_max = 100'000;  // executions of the exhaustive search
  std::uint64_t random_min = 20'000;       // executions by chance after a search that was not exhausted
  std::uint64_t random_max = 1'000'000;    // the same as long as there are strangers
  std::uint64_t host_runs = 2'000;
  bool jitter = true;
  std::uint64_t seed = 1;
};

enum class Honesty : std::uint8_t { passed, inconclusive, failed };
std::string_view name_of(Honesty honesty);

struct Comparison {
  Honesty verdict = Honesty::inconclusive;
  std::set<std::string> sim;
  std::set<std::string> host;
  std::set<std::string> strangers;  // of the host's, not of sim's
  bool exhausted = false;
  std::uint64_t sim_executions = 0;
  std::uint64_t host_runs = 0;
  std::string trouble;  // what else went wrong, in words; empty: nothing
};

/// What follows from the sets, the search and the trouble; sets strangers and verdict.
void judge(Comparison& comparison);

/// Throws std::system_error when the machine refuses a process.
Comparison compare_worlds(std::function<void()> body, const HonestyOptions& options = {},
                          std::string name = "program");

}  // namespace heddle
