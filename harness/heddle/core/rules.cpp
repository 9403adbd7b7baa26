// The table of rules, in the order of the catalogue. Each has its page in docs/reference/rules/.
#include <algorithm>
#include <array>

#include <heddle/core/rules.hpp>

namespace heddle {
namespace {

constexpr auto error = Severity::error;
constexpr auto warning = Severity::warning;

constexpr std::array table{
    Rule{"task-done-overflow", error, false, "task_done() was called when no put was outstanding"},
    Rule{"task-done-missing", error, false, "join() on a JoinableQueue can never return"},
    Rule{"join-before-drain", error, false, "a process is joined while nobody takes what its feeder holds"},
    Rule{"queue-items-lost", error, false, "items were put that no getter can ever receive"},
    Rule{"queue-slot-leaked", error, false, "a bounded queue's slots are gone with a dead producer"},
    Rule{"queue-holder-killed", error, false, "a process was killed in the middle of a queue's message"},
    Rule{"sentinel-shortage", error, false, "consumers wait in get() and all producers have ended"},
    Rule{"stale-queue-check", warning, true,
         "empty(), full() or qsize() decided what another task could change in between"},
    Rule{"queue-order-assumed", warning, true,
         "a program relies on one order of the items of several producers"},
    Rule{"pipe-multi-reader", error, true, "two tasks receive on one end without a common order"},
    Rule{"pipe-multi-writer", error, true, "two tasks send on one end without a common order"},
    Rule{"pipe-end-left-open", error, false, "a reader waits for an end of file that an open copy holds off"},
    Rule{"pipe-both-sending", error, false, "both ends wait in send with full buffers"},
    Rule{"connection-refused-key", error, false, "the two sides of a connection do not have the same key"},
    Rule{"deadlock", error, false, "a wait that nobody alive can end"},
    Rule{"lock-order-inversion", warning, true,
         "two locks are taken in both orders by tasks that could overlap"},
    Rule{"lock-orphaned", error, false, "the holder of a lock ended without releasing it"},
    Rule{"lost-wakeup", error, false, "a wait that began after the only notification"},
    Rule{"notify-dead-waiter", error, false, "a notification went to a waiter that had been killed"},
    Rule{"barrier-short", error, false, "fewer parties come to a barrier than it needs"},
    Rule{"lock-held-while-blocking", warning, true,
         "a lock is held during a wait, and who ends the wait needs it"},
    Rule{"condition-not-in-loop", warning, true,
         "a waiter went on although what it waited for was no longer so"},
    Rule{"event-pulse-missed", warning, true, "an event was set and cleared before a waiter looked"},
    Rule{"unlocked-manager-update", error, true, "read then write of a managed key without common order"},
    Rule{"unlocked-shared-value", error, true,
         "read then write of a Value or an Array element without common order"},
    Rule{"shared-memory-race", error, true, "unordered conflicting accesses to raw shared memory"},
    Rule{"torn-slice", error, false, "a slice or an iteration saw half of another's update"},
    Rule{"process-start-twice", error, false, "start() was called on a process that had been started"},
    Rule{"join-before-start", error, false, "join() was called on a process that had not been started"},
    Rule{"join-foreign-process", error, false, "join() or is_alive() by a process that is not the parent"},
    Rule{"daemon-after-start", error, false, "daemon was set on a process that had been started"},
    Rule{"daemon-with-children", error, false, "a daemonic process started a process"},
    Rule{"terminated-mid-operation", error, false, "a process was terminated inside an operation"},
    Rule{"daemon-work-lost", warning, false, "a daemon was stopped while it had an item or half a message"},
    Rule{"pool-join-before-close", error, false, "join() was called on a pool that was still running"},
    Rule{"pool-use-after-close", error, false, "a job was submitted to a pool that was closed or terminated"},
    Rule{"pool-result-unread", warning, false, "a job failed and nobody looked at its result"},
    Rule{"pool-callback-raised", error, false, "a callback of a pool's job raised an exception"},
    Rule{"pool-callback-blocks", error, false,
         "a callback waited for a job whose own callback came after it"},
    Rule{"pool-worker-lost", error, false, "a worker of a pool ended while it had a task"},
    Rule{"pool-not-closed", warning, false, "a pool was destroyed while it was running"},
    Rule{"sleep-as-synchronisation", warning, true,
         "two conflicting accesses are ordered only because a task slept"},
    Rule{"crash", error, false, "an uncaught exception or a signal ended a process"},
    Rule{"assertion", error, false, "an assertion of the program's own failed"},
    Rule{"livelock", error, true, "everybody who can run goes on trying, and nobody gets on"},
    Rule{"nondeterministic", error, false, "a replay differed: not a verdict on the program"},
    Rule{"vacuous", error, false, "only one interleaving was explored, or a label was never reached"},
};

}  // namespace

std::span<const Rule> rules() { return table; }

const Rule* rule(std::string_view id) {
  const auto found = std::ranges::find(table, id, &Rule::id);
  return found == table.end() ? nullptr : &*found;
}

}  // namespace heddle
