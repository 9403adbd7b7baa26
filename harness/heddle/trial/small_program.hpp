// Small programs drawn by chance, for comparing searches: the main process and one or two children, each with
// a few operations on primitives, or a few calls of the Os; main may also kill a child. What each gave is the
// program's outcome. Many get stuck, and many are killed while they hold something: that is wanted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <heddle/core/options.hpp>

namespace heddle::trial {

/// op: two locks, a semaphore, two shared numbers and a pipe. os: two words, two cells, a pipe and time.
struct SmallProgram {
  struct Act {
    std::size_t what = 0;
    std::size_t which = 0;  // of two, or of the children
  };
  Granularity granularity{};
  std::vector<std::vector<Act>> tasks = {};  // main's first
};

/// The n-th: always the same.
SmallProgram draw_small_program(Granularity granularity, std::uint64_t number);
/// To run as the main process.
void run_small_program(const SmallProgram& program);
/// "kill 0 | acquire 1, release 1".
std::string words_of(const SmallProgram& program);

}  // namespace heddle::trial
