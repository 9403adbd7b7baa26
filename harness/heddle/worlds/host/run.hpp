// One run of a program as real processes, from fork to the last of them being gone.
#pragma once

#include <string>
#include <vector>

#include <heddle/core/program.hpp>
#include <heddle/worlds/host/collection.hpp>
#include <heddle/worlds/host/host.hpp>

namespace heddle::host {

struct Run {
  Collection collection;
  bool is_hung = false;
  bool is_interrupted = false;
  std::vector<std::string> unfinished;  // of a run that hung: the processes that were still there
};

/// `seed` is this run's own; those of `options` that are about many runs do not count.
Run run_once(const Program& program, const HostOptions& options, std::uint64_t seed);

}  // namespace heddle::host
