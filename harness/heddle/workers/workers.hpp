// Several processes that do one job together: forked from this one, each says one text when it is done. What
// one of them has said is never lost by the end of another.
//
// They are forked before anybody has made a thread or a simulated world, share what the parent had, and end
// without running its destructors. When the parent dies they are killed.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace heddle::workers {

/// How a worker ended: what it said, or what was the matter.
struct Said {
  std::string text = {};
  std::string trouble = {};  // "was killed by signal 9"; empty: none
};

struct Work {
  /// Done in a worker, 0..count-1. An exception ends the worker with its words as trouble.
  std::function<std::string(std::uint32_t worker)> job;
  /// Told in the parent: a worker is gone, whatever it said.
  std::function<void(std::uint32_t worker)> gone = {};
  /// Called in the parent about twenty times a second, until all are gone.
  std::function<void()> meanwhile = {};
};

/// One entry per worker. Throws std::system_error if the machine refuses a pipe or a process; those that had
/// started are killed.
std::vector<Said> run_workers(std::uint32_t count, const Work& work);

}  // namespace heddle::workers
