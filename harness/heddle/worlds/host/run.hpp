// One run of a program as real processes, from fork to the last of them being gone.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include <heddle/core/program.hpp>
#include <heddle/worlds/host/collection.hpp>

namespace heddle::host {

struct Run {
  Collection collection;
  bool is_hung = false;
  bool is_interrupted = false;
  std::vector<std::string> unfinished;  // of a run that hung: the processes that were still there
};

Run run_once(const Program& program, std::uint64_t seed, std::chrono::duration<double> deadline,
             const std::function<bool()>& is_interrupted);

}  // namespace heddle::host
