// What all processes share of a queue, besides its pipe. JoinableQueue alone uses the last three: a block is
// a page in any case, and one structure keeps one path through put.
#pragma once

#include <mp/os/word.hpp>
#include <mp/queue/message_stream.hpp>
#include <mp/sync/counter.hpp>
#include <mp/sync/owned_lock.hpp>
#include <mp/sync/wait_ring.hpp>

namespace mp {

struct QueueState {
  Counter slots;  // free places: taken when put is called, given back when a getter has the bytes (QUEUE-05)
  StreamState stream;  // of the pipe
  OwnedLock joining;   // held around every look at the two below
  Word unfinished;     // puts without a task_done
  WaitRing joiners;    // who waits for unfinished == 0
};

static_assert(sizeof(QueueState) == 8 + sizeof(StreamState) + 4 + 4 + sizeof(WaitRing) &&
              std::is_standard_layout_v<QueueState>);

/// Takes `joining`; after a holder that died, does what that one may have left undone.
void acquire_joining(Os& os, QueueState& state);

/// The stream is torn: no item arrives any more. Whoever waits for a slot or for the joining of tasks goes on
/// and learns of it. Any number of times.
void release_waiters(Os& os, QueueState& state, std::uint32_t size_max);

inline constexpr const char* torn_words =
    "a process died in the middle of a message of this queue, or closed its end there";

}  // namespace mp
