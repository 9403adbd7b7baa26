// Small programs drawn by chance, for comparing searches: the main process and one or two children, each with
// a few operations on two locks, a semaphore, two shared cells and a pipe; main may also kill a child. What
// each operation gave is the program's outcome. Many get stuck, and many are killed while they hold
// something: that is wanted.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace heddle::trial {

struct SmallOperation {
  enum class What : std::uint8_t {
    acquire,
    acquire_in_time,
    release,
    take,
    take_in_time,
    give,
    load,
    store,
    send,
    receive,
    poll,
    kill,  // main's alone
  };
  What what{};
  std::uint8_t which = 0;  // lock, cell or child
};

struct SmallProgram {
  std::vector<std::vector<SmallOperation>> tasks;  // main's first
};

/// The n-th: always the same.
SmallProgram draw_small_program(std::uint64_t number);
/// To run as the main process.
void run_small_program(const SmallProgram& program);
/// "main: kill 0 | acquire 1, release 1".
std::string words_of(const SmallProgram& program);

}  // namespace heddle::trial
