// What the POSIX Os remembers per process and per thread besides what the kernel does: the slots, and the
// threads it started. For posix_os_*.cpp, and for whoever calls a library that keeps locks of its own.
//
// A fork copies all of it into a child in which it is wrong: start_process therefore holds the thread table
// across the fork (so that the child finds it whole) and has the child forget what was the parent's.
#pragma once

#include <mp/os/os.hpp>

namespace mp::posix_tasks {

/// Waits until no other thread changes the table, and keeps it so until let_go.
void hold();
void let_go();

/// In a fresh child, while held: no threads but this one, and zeroed slots.
void forget_parent();

/// While it lives nobody forks this process: a child would have the locks of a library as they were at that
/// moment, and nobody there to release them. For calls that take microseconds and call no Os.
class ForkPause {
 public:
  ForkPause() { hold(); }
  ~ForkPause() { let_go(); }
  ForkPause(const ForkPause&) = delete;
  ForkPause& operator=(const ForkPause&) = delete;
};

}  // namespace mp::posix_tasks
