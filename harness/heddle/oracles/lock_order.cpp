// Waits that would never end had locks been taken in another order in time, told from executions in which
// all went well: two locks that are taken in both orders (lock_order/inversions.hpp), and a lock held during
// a wait that is ended by somebody who needs it (lock_order/held_waits.hpp).
//
// Both read the clock without locks: who had a lock first is what may be otherwise. Both report when the
// execution is over, because only then is known of an acquire that it waits for as long as it takes
// (core/held_locks.hpp): one that gives up in time is in nobody's way.
#include <heddle/oracles/lock_order.hpp>
#include <heddle/oracles/lock_order/held_waits.hpp>
#include <heddle/oracles/lock_order/inversions.hpp>

namespace heddle {
namespace {

using namespace lock_order;

class LockOrder final : public Oracle {
 public:
  EventMask interests() const override {
    return mask_of(EventKind::operation_begun) | mask_of(EventKind::operation_ended) |
           mask_of(EventKind::ended);
  }
  void begin() override {
    inversions_.begin();
    waits_.begin();
  }

  void observe(const Event& event, const Situation& situation, Findings& findings) override {
    if (event.kind == EventKind::ended) {
      inversions_.conclude(situation, findings);
      waits_.conclude(situation, findings);
      return;
    }
    const OperationRow& row = situation.operations[event.operation];
    if (situation.tasks[row.task].role != mp::Role::user) return;
    if (event.kind == EventKind::operation_begun) return waits_.begun(event.operation, situation);
    ended(event.operation, row, situation);
  }

 private:
  void ended(OperationIndex index, const OperationRow& row, const Situation& situation) {
    if (const ObjectIndex lock = lock_taken_by(row); lock != none) {
      inversions_.taken(lock, index, situation);
      waits_.taken(lock, index, situation);
    }
    waits_.ended(index, situation);
  }

  Inversions inversions_;
  HeldWaits waits_;
};

}  // namespace

std::unique_ptr<Oracle> make_lock_order() { return std::make_unique<LockOrder>(); }

}  // namespace heddle
