// The C++ runtime's own allocations and locks, seen by the harness. An exception in flight belongs to the
// process that threw it and is freed when that process is killed; a function-local static that a process
// happens to initialise outlives it, so its initialiser runs on the host heap and without a switch (the
// guard would otherwise stay locked for ever by a task that was killed inside).
#include <dlfcn.h>

#include <cstddef>
#include <cstdint>
#include <heddle/core/arena.hpp>
#include <new>

namespace {

// The runtime's own function behind ours, looked up on first use.
template <class Function>
Function* next_in_line(Function*& kept, const char* name) {
  if (kept == nullptr) kept = reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
  return kept;
}

void free_thrown(void* thrown) {
  static void (*real)(void*) = nullptr;
  next_in_line(real, "__cxa_free_exception")(thrown);
}

struct Installer {
  Installer() { heddle::install_free_exception(free_thrown); }
} const installer;

alignas(heddle::HostAllocation) thread_local std::byte scopes[64][sizeof(heddle::HostAllocation)];
thread_local std::size_t scopes_open = 0;

void enter_static_initialiser() { new (scopes[scopes_open++]) heddle::HostAllocation(); }
void leave_static_initialiser() {
  std::launder(reinterpret_cast<heddle::HostAllocation*>(scopes[--scopes_open]))->~HostAllocation();
}

}  // namespace

extern "C" {

void* __cxa_allocate_exception(std::size_t bytes) noexcept {
  static void* (*real)(std::size_t) = nullptr;
  void* const thrown = next_in_line(real, "__cxa_allocate_exception")(bytes);
  heddle::adopt_exception(thrown);
  return thrown;
}

void __cxa_free_exception(void* thrown) noexcept {
  heddle::forget_exception(thrown);
  free_thrown(thrown);
}

int __real___cxa_guard_acquire(std::uint64_t* guard);
void __real___cxa_guard_release(std::uint64_t* guard) noexcept;
void __real___cxa_guard_abort(std::uint64_t* guard) noexcept;

int __wrap___cxa_guard_acquire(std::uint64_t* guard) {
  const int must_initialise = __real___cxa_guard_acquire(guard);
  if (must_initialise != 0) enter_static_initialiser();
  return must_initialise;
}

void __wrap___cxa_guard_release(std::uint64_t* guard) noexcept {
  leave_static_initialiser();
  __real___cxa_guard_release(guard);
}

void __wrap___cxa_guard_abort(std::uint64_t* guard) noexcept {
  leave_static_initialiser();
  __real___cxa_guard_abort(guard);
}

}  // extern "C"
