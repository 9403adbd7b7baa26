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
#include <utility>
#include <vector>

#include <heddle/core/sanitizers.hpp>

namespace heddle {

/// The header before every block that the interposer hands out; unlinked (null) on the host heap.
struct alignas(16) ArenaBlock {
  ArenaBlock* next;
  ArenaBlock* previous;
  std::uint64_t ordinal;  // among the blocks of its arena, from 1
  std::uint64_t bytes;    // of the memory behind the header
};

class Arena {
 public:
  Arena() : head_{&head_, &head_, 0, 0} {}
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena();

  void adopt(ArenaBlock* block, std::size_t bytes) {
    block->ordinal = ++blocks_made_;
    block->bytes = bytes;
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
  /// The block that this address lies in; nullptr if none. Looks at each.
  const ArenaBlock* find(const void* address) const;

 private:
  ArenaBlock head_;
  std::uint64_t blocks_made_ = 0;  // since it was reaped
};

/// An exception in flight lives in memory of the C++ runtime's own; it belongs to the arena that was
/// current when it was thrown, whoever frees it.
void adopt_exception(void* thrown);
void forget_exception(void* thrown);

/// What belongs to the OS thread. Every Os call asks, so in an ordinary build it is asked inline; under
/// ThreadSanitizer, which takes each fiber for a thread, only the uninstrumented arena.cpp may touch it.
struct OsThread {
  Arena* allocating_in = nullptr;
  int host_scopes = 0;
  std::uint64_t allocations = 0;
};
#ifdef HEDDLE_TSAN
OsThread& os_thread();
Arena* current_arena();
Arena* exchange_arena(Arena* arena);
int host_depth();
#else
inline constinit thread_local OsThread this_os_thread;
inline OsThread& os_thread() { return this_os_thread; }

/// Where this OS thread allocates now; nullptr is the host heap.
inline Arena* current_arena() { return this_os_thread.allocating_in; }
inline Arena* exchange_arena(Arena* arena) { return std::exchange(this_os_thread.allocating_in, arena); }

/// More than zero while tasks must not be switched.
inline int host_depth() { return this_os_thread.host_scopes; }
#endif

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
