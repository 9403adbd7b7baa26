// What all processes share of a queue, besides its pipe. JoinableQueue alone uses the last three: a block is
// a page in any case, and one structure keeps one path through put.
#pragma once

#include <mp/os/word.hpp>
#include <mp/sync/counter.hpp>
#include <mp/sync/futex_lock.hpp>
#include <mp/sync/wait_ring.hpp>

namespace mp {

struct QueueState {
  Counter slots;  // free places: taken when put is called, given back when a getter has the bytes (QUEUE-05)
  FutexLock reader;   // held by a getter while it waits for a message and takes it
  FutexLock writer;   // held by a feeder while it writes one
  FutexLock joining;  // held around every look at the two below
  Word unfinished;    // puts without a task_done
  WaitRing joiners;   // who waits for unfinished == 0
};

static_assert(sizeof(QueueState) == 8 + 4 + 4 + 4 + 4 + sizeof(WaitRing) &&
              std::is_standard_layout_v<QueueState>);

}  // namespace mp
