// Memory of simulated processes. Code under test allocates in its process's arena, which is reaped with
// the process: a killed process runs no destructor, as in life, and leaks nothing. Whatever the harness
// itself allocates, and whatever outlives the process (GoogleTest, function-local statics), comes from
// the host heap. The interposer (harness executables only) asks here where an allocation belongs.
//
// While a HostAllocation is alive the scheduler does not switch tasks, because the choice of heap belongs
// to the OS thread and not to the task.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <heddle/core/sanitizers.hpp>

namespace heddle {

/// The header before every block that the interposer hands out; unlinked (null) on the host heap.
struct alignas(16) ArenaBlock {
  ArenaBlock* next;
  ArenaBlock* previous;
};

class Arena {
 public:
  Arena() : head_{&head_, &head_} {}
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena();

  void adopt(ArenaBlock* block) {
    block->next = head_.next;
    block->previous = &head_;
    head_.next->previous = block;
    head_.next = block;
  }
  static void forget(ArenaBlock* block) {
    block->previous->next = block->next;
    block->next->previous = block->previous;
  }
  /// Frees everything that is left, without running any destructor.
  void reap();
  bool is_empty() const { return head_.next == &head_; }

 private:
  ArenaBlock head_;
};

/// An exception in flight lives in memory of the C++ runtime's own; it belongs to the arena that was
/// current when it was thrown, whoever frees it.
void adopt_exception(void* thrown);
void forget_exception(void* thrown);

/// Where this OS thread allocates now; nullptr is the host heap.
Arena* current_arena();
Arena* exchange_arena(Arena* arena);

/// More than zero while tasks must not be switched.
int host_depth();

/// Allocates for the harness, and hides from ThreadSanitizer what is shared by all tasks without order.
class HostAllocation {
 public:
  HostAllocation();
  ~HostAllocation();
  HostAllocation(const HostAllocation&) = delete;
  HostAllocation& operator=(const HostAllocation&) = delete;

 private:
  UnwatchedScope unwatched_;
  Arena* previous_;
};

/// How many blocks this OS thread has allocated, on any heap. Counted by the interposer.
std::uint64_t allocations_made();
void count_allocation();

/// How the interposer frees an exception for reap(); installed by it at start-up.
using FreeException = void (*)(void* thrown);
void install_free_exception(FreeException free_exception);

}  // namespace heddle
