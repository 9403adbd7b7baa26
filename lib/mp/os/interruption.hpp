// Interrupts a thread that sleeps in a system call, for the tests beside it. A signal whose handler does
// nothing makes the call come back with EINTR; that the thread slept again is read from the kernel's count
// of its sleeps, so nothing here depends on how long anything takes.
#pragma once

#include <pthread.h>
#include <sched.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <string>

namespace mp {

/// How often a thread of this process has gone to sleep; -1 once it has ended.
inline long sleeps_of(pid_t thread) {
  std::ifstream status("/proc/self/task/" + std::to_string(thread) + "/status");
  for (std::string word; status >> word;) {
    if (word != "voluntary_ctxt_switches:") continue;
    long sleeps = -1;
    status >> sleeps;
    return sleeps;
  }
  return -1;
}

/// Interrupts a thread at least twice in its sleep; returns early if that ends the thread.
inline void interrupt(pthread_t handle, pid_t thread) {
  struct sigaction action {};
  action.sa_handler = [](int) {};  // and no SA_RESTART
  ::sigaction(SIGUSR1, &action, nullptr);
  // The first signal may find it on its way to its first sleep.
  for (int round = 0; round < 3; ++round) {
    const long sleeps = sleeps_of(thread);
    if (sleeps < 0) return;
    ::pthread_kill(handle, SIGUSR1);
    while (sleeps_of(thread) == sleeps) ::sched_yield();
  }
}

}  // namespace mp
