// So many processes with one target, named worker-1 and so on, from start to join.
#pragma once

#include <fmt/format.h>

#include <mp/multiprocessing.hpp>
#include <vector>

namespace heddle::proofs {

template <int workers, class Target, class... Handles>
void run_crew(Target target, Handles&... handles) {
  std::vector<mp::Process> crew;
  for (int i = 1; i <= workers; ++i)
    crew.emplace_back(target, mp::args(handles...), mp::ProcessOptions{.name = fmt::format("worker-{}", i)});
  for (mp::Process& each : crew) each.start();
  for (mp::Process& each : crew) each.join();
}

}  // namespace heddle::proofs
