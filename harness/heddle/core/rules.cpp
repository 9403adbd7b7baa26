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
    Rule{"queue-use-after-close", error, false, "put() or get() on a queue that its process had closed"},
    Rule{"queue-items-lost", error, false, "items were put that no getter can ever receive"},
    Rule{"queue-slot-leaked", error, false, "a bounded queue's slots are gone with a dead producer"},
    Rule{"queue-holder-killed", error, false, "a process was killed in the middle of a queue's message"},
    Rule{"sentinel-shortage", error, false, "consumers wait in get() and all producers have ended"},
    Rule{"stale-queue-check", warning, true,
         "empty(), full() or qsize() decided what another task could change in between"},
    Rule{"queue-order-assumed", warning, true,
         "a program relies on one order of the items of several producers"},
    Rule{"pipe-multi-reader", error, true, "two tasks receive on one end without a common order", false,
         true},
    Rule{"pipe-multi-writer", error, true, "two tasks send on one end without a common order", false, true},
    Rule{"pipe-end-left-open", error, false, "a reader waits for an end of file that an open copy holds off"},
    Rule{"pipe-peer-closed", error, false, "send() to nobody, or recv() after the end of file", true},
    Rule{"pipe-use-after-close", error, false, "a connection was used that its process had closed"},
    Rule{"pipe-wrong-direction", error, false, "send() on a receiving end, or recv() on a sending end"},
    Rule{"pipe-both-sending", error, false, "both ends wait in send with full buffers"},
    Rule{"pipe-message-too-long", error, false, "a message was longer than its receiver allows"},
    Rule{"connection-refused-key", error, false, "the two sides of a connection do not have the same key"},
    Rule{"deadlock", error, false, "a wait that nobody alive can end"},
    Rule{"lock-order-inversion", warning, true,
         "two locks are taken in both orders by tasks that could overlap"},
    Rule{"lock-self-deadlock", error, false, "a task waits for a lock that it holds itself"},
    Rule{"lock-orphaned", error, false, "the holder of a lock ended without releasing it"},
    Rule{"lock-over-release", error, false, "a Lock was released that was not locked"},
    Rule{"lock-foreign-release", warning, false, "a Lock was released by another task than its holder"},
    Rule{"rlock-foreign-release", error, false, "an RLock was released by a task that did not hold it"},
    Rule{"semaphore-over-release", error, false, "a BoundedSemaphore was released above its initial value"},
    Rule{"lock-held-at-exit", warning, false, "a process ended normally and still held a lock"},
    Rule{"lock-held-while-blocking", warning, true,
         "a lock is held during a wait, and who ends the wait needs it"},
    Rule{"condition-without-lock", error, false, "wait() or notify() of a Condition without its lock"},
    Rule{"condition-not-in-loop", warning, true,
         "a waiter went on although what it waited for was no longer so"},
    Rule{"lost-wakeup", error, false, "a wait that began after the only notification"},
    Rule{"notify-dead-waiter", error, false, "a notification went to a waiter that had been killed"},
    Rule{"event-pulse-missed", warning, true, "an event was set and cleared before a waiter looked"},
    Rule{"barrier-short", error, false, "fewer parties come to a barrier than it needs"},
    Rule{"barrier-broken", error, false, "a barrier broke and a party of it did not expect that", true},
    Rule{"unlocked-manager-update", error, true, "read then write of a managed key without common order",
         false, true},
    Rule{"unlocked-shared-value", error, true,
         "read then write of a Value or an Array element without common order", false, true},
    Rule{"shared-memory-race", error, true, "unordered conflicting accesses to raw shared memory", false,
         true},
    Rule{"torn-slice", error, false, "a slice or an iteration saw half of another's update"},
    Rule{"manager-use-after-shutdown", error, false, "a proxy was used after its server had stopped", true},
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
    Rule{"resource-leak", warning, false, "shared memory was created and never unlinked"},
    Rule{"crash", error, false, "an uncaught exception or a signal ended a process"},
    Rule{"assertion", error, false, "an assertion of the program's own failed"},
    Rule{"not-linearizable", error, false, "the calls on an object have no order that its model allows"},
    Rule{"livelock", error, true, "everybody who can run goes on trying, and nobody gets on"},
    Rule{"nondeterministic", error, false, "a replay differed: not a verdict on the program"},
    Rule{"vacuous", error, false, "only one interleaving was explored, or a label was never reached"},
};

constexpr std::array unobserved{
    UnobservedRule{"manager-nested-mutation",
                   "what a proxy returns is a copy, and what is done to a copy is seen by nobody"},
    UnobservedRule{"proxy-shared-after-fork", "each task talks to a server on a connection of its own"},
    UnobservedRule{"fork-with-held-lock",
                   "a child starts with in-process locks of its own, whatever its parent's threads hold"},
    UnobservedRule{
        "starvation",
        "no primitive promises a turn, so whom a finite execution passes over is the schedule's doing; "
        "heddle::hot says what must not last"},
    UnobservedRule{"process-not-joined", "a process that ends joins its children, and programs rely on it"},
};

}  // namespace

std::span<const Rule> rules() { return table; }

std::span<const UnobservedRule> unobserved_rules() { return unobserved; }

const Rule* rule(std::string_view id) {
  const auto found = std::ranges::find(table, id, &Rule::id);
  return found == table.end() ? nullptr : &*found;
}

}  // namespace heddle
