// One row per oracle. The order is the order in which they see an event.
#include <array>
#include <heddle/oracles/accounts.hpp>
#include <heddle/oracles/condition_loop.hpp>
#include <heddle/oracles/cut_off.hpp>
#include <heddle/oracles/endings.hpp>
#include <heddle/oracles/event_pulse.hpp>
#include <heddle/oracles/invariants.hpp>
#include <heddle/oracles/linearizability.hpp>
#include <heddle/oracles/livelock.hpp>
#include <heddle/oracles/lock_order.hpp>
#include <heddle/oracles/lost_items.hpp>
#include <heddle/oracles/lost_update.hpp>
#include <heddle/oracles/queue_check.hpp>
#include <heddle/oracles/queue_order.hpp>
#include <heddle/oracles/race.hpp>
#include <heddle/oracles/registry.hpp>
#include <heddle/oracles/sleep_order.hpp>
#include <heddle/oracles/torn_slice.hpp>
#include <heddle/oracles/typed_misuse.hpp>
#include <heddle/oracles/wait_for.hpp>

namespace heddle {
namespace {

constexpr std::array table{
    OracleRow{"race", "unordered operations on one end of a connection, or on raw shared memory", make_race},
    OracleRow{"lost-update", "read then write of one part, with another's unordered write", make_lost_update},
    OracleRow{"lock-order", "locks taken in both orders, or held while their holder waits for who needs them",
              make_lock_order},
    OracleRow{"condition-loop", "waiters of a Condition that go on without looking again",
              make_condition_loop},
    OracleRow{"event-pulse", "events set and cleared while a waiter may not have come yet", make_event_pulse},
    OracleRow{"torn-slice", "slices and iterations that saw half of another's update", make_torn_slice},
    OracleRow{"queue-order", "items that come in another order than the program relies on", make_queue_order},
    OracleRow{"queue-check", "what a task does because of a queue's empty(), full() or qsize()",
              make_queue_check},
    OracleRow{"sleep-order", "conflicting accesses that only a sleep keeps in order", make_sleep_order},
    OracleRow{"wait-for", "waits that nobody alive can end, at the moment they form", make_wait_for},
    OracleRow{"lost-items", "items that ended with their producer, looked for in vain", make_lost_items},
    OracleRow{"cut-off", "what a process was in the middle of when it was terminated", make_cut_off},
    OracleRow{"typed-misuse", "calls that a primitive rejects, even if the program swallows the error",
              make_typed_misuse},
    OracleRow{"livelock", "tasks that go on trying and never get on", make_livelock},
    OracleRow{"accounts", "locks and shared memory that are not settled when a program has ended",
              make_accounts},
    OracleRow{"endings", "uncaught exceptions nobody looks at, and the program's own assertions",
              make_endings},
    OracleRow{"invariants", "what the program says must always hold, and states that it must leave",
              make_invariants},
    OracleRow{"linearizability", "calls on the program's own objects that have no order their model allows",
              make_linearizability},
};

}  // namespace

std::span<const OracleRow> oracles() { return table; }

}  // namespace heddle
