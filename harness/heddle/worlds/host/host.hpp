// The host world: a program as real processes under the kernel's own scheduler. It decides nothing, so it
// proves nothing; it is the check that the simulated world is honest, and a stress test.
//
// Reported: misuse that a primitive rejects, the program's own assertions, crashes, hangs. A run that does
// not end in time is given up. Whatever happens, no process of a run is alive when it is over.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include <heddle/core/program.hpp>
#include <heddle/core/verdict.hpp>

namespace heddle::host {

struct HostOptions {
  std::uint64_t executions = 20;
  std::optional<std::chrono::duration<double>> time = {};             // no run begins after this
  std::chrono::duration<double> deadline = std::chrono::seconds(10);  // of one run
  std::uint64_t seed = 1;                                             // of what heddle::choose gives
  std::uint32_t findings_max = 1;
  bool judge_misuse = true;  // a call that a primitive rejects is a finding, also if the program handles it
  Suppressions suppressions = {};  // findings that may stay, in Result::suppressed; each ends its run
  bool jitter = false;             // disturb the processes of each run (jitter.hpp), so that rare orders show
  std::function<bool()> is_interrupted = {};                              // may be empty
  std::function<void(std::uint64_t runs, double seconds)> progress = {};  // after each run; may be empty
};

/// Runs the program again and again. Linux only. Throws std::system_error when the machine refuses to
/// make a pipe, memory or a process.
Result explore(const Program& program, const HostOptions& options);

}  // namespace heddle::host
