// The wait-for graph's one question: which blocked tasks can nobody ever wake? The answer is the greatest
// set of tasks, blocked without a deadline, such that everybody able to end one's wait is in the set or
// dead (DESIGN §7). Able to end a wait: the process or thread that is waited for; whoever holds an open
// descriptor of the other side of a stream, nameable or not (of any one, if several are waited for); any live
// holder of a handle of the object otherwise, because anyone may release a Lock or put into a Queue (for a
// Condition's waiter also of the lock, which it wants back); a process whose end it watches, as a robust
// lock's taker does; another feeder or a getter of its queue for a feeder; a pool's own process for whoever
// waits for its results; and, as nobody can tell yet which handles it was given, any process that has not
// begun its first operation.
#pragma once

#include <span>
#include <vector>

#include <heddle/core/situation.hpp>

namespace heddle {

class HopelessWaits {
 public:
  /// Computes the set; empty when every wait can still end. The tasks are in order of their index.
  /// `spared`, in that order too, are taken for able, though they may be blocked.
  const std::vector<TaskIndex>& find(const Situation& situation, std::span<const TaskIndex> spared = {});

  /// Can somebody able end this task's wait, seen from the processes' counts alone? Cheap; a yes is
  /// certain, a no calls for find().
  static bool is_hopeful(const Situation& situation, TaskIndex task);

 private:
  std::vector<TaskIndex> set_;
  std::vector<std::uint32_t> outside_;  // by process: live tasks that are not in the set
  std::vector<bool> has_able_holder_;   // by object: somebody outside the set can end waits for it
};

/// Is the wait ended by claims on the operation's object, rather than by what the kernel waits for?
bool waits_for_object(const Situation& situation, TaskIndex task);

}  // namespace heddle
