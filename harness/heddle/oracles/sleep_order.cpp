// Order that comes of a sleep alone: one task touched something, another touched it later, both knowing of no
// order between them, and the first touch fell into a sleep that the second comes after. Had the sleep been
// shorter, or the first task slower, they would have come the other way round; so the harness predicts it
// from any execution in which it was long enough.
//
// Touches that conflict are accesses to one part of shared or managed data of which one writes, and a put to
// or a get from a queue with another task's empty(), full() or qsize(). A touch that its task makes again and
// again at one place of the program is polling, which relies on no order: such pairs are no findings, and a
// prediction about such a place is refuted, if it came of an execution in which the first look was enough.
// Nor are those that a lock orders, whoever had it first. A loop that takes out what it has seen is no
// polling. Two appends to a managed list change its length one after the other, and neither relies on it.
#include <fmt/format.h>
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/core/party.hpp>
#include <heddle/core/raw_access.hpp>
#include <heddle/core/table.hpp>
#include <heddle/oracles/sleep_order.hpp>
#include <heddle/oracles/sleep_order/polls.hpp>
#include <mp/manager/types/sequence.hpp>

namespace heddle {
namespace {

using mp::Verb;

constexpr std::string_view rule = "sleep-as-synchronisation";

bool is_queue(mp::ObjectKind kind) {
  return kind == mp::ObjectKind::queue || kind == mp::ObjectKind::joinable_queue ||
         kind == mp::ObjectKind::simple_queue;
}

/// Of data, `first` to `last` are its parts; 0 alone is the whole, except of memory, which is all bytes.
struct Touch {
  ObjectIndex object = none;
  OperationIndex operation = none;
  Epoch when;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  bool writes = false;
  bool is_in_one_request = false;  // it writes what it makes of what is there
};

struct Sleep {
  OperationIndex operation = none;
  bool is_over = false;
  Epoch when;  // its end
};

/// A touch and the sleeps that went on around it: from `first_sleep` on, so many of all that are noted.
struct Early {
  Touch touch;
  std::size_t first_sleep = 0;
  std::size_t sleeps = 0;
};

/// The touches of one object while somebody slept, in their order.
struct Touched {
  std::vector<Early> changes;
  std::vector<Early> looks;
  bool is_settled = false;  // a pair was met that no polling excuses
  void reset() {
    changes.clear();
    looks.clear();
    is_settled = false;
  }
};

struct Pair {
  Touch early;
  Touch late;
  OperationIndex sleep = none;
};

class SleepOrder final : public Oracle {
 public:
  EventMask interests() const override {
    return mask_of(EventKind::operation_begun) | mask_of(EventKind::operation_ended) |
           mask_of(EventKind::accessed) | mask_of(EventKind::ended);
  }
  ObjectKinds kinds() const override { return queue_kinds | ObjectKinds{mp::ObjectKind::none}; }
  void begin() override {
    polls_.begin();
    sleeps_.clear();
    asleep_.clear();
    around_.clear();
    is_asleep_noted_ = false;
    touched_.clear();
    pairs_.clear();
  }

  void observe(const Event& event, const Situation& situation, Findings& findings) override {
    if (event.kind == EventKind::ended) return conclude(situation, findings);
    if (event.operation == none || situation.tasks[event.task].role != mp::Role::user) return;
    const OperationRow& row = situation.operations[event.operation];
    if (row.verb == Verb::sleep) return sleep(event, situation);
    if (event.kind == EventKind::accessed) return access(event, situation);
    if (!is_queue(row.kind) || row.object == none) return;
    const bool changes = row.verb == Verb::put || row.verb == Verb::get;
    const bool looks = row.verb == Verb::empty || row.verb == Verb::full || row.verb == Verb::qsize;
    // A put counts from its beginning, which is what those know who get the item; the rest from their ends.
    const EventKind counts = row.verb == Verb::put ? EventKind::operation_begun : EventKind::operation_ended;
    if ((!changes && !looks) || event.kind != counts) return;
    if (event.kind == EventKind::operation_ended && !row.succeeded) return;
    note(row, looks);
    if (sleeps_.empty()) return;
    Touch made = touch(event, situation);
    made.writes = changes;
    if (row.verb == Verb::put) --made.when.time;
    take_in(made, looks, situation);
  }

 private:
  // Each task sleeps once at a time, so those that go on are few, however many there were.
  void sleep(const Event& event, const Situation& situation) {
    is_asleep_noted_ = false;
    if (event.kind == EventKind::operation_begun) {
      asleep_.push_back(sleeps_.size());
      sleeps_.push_back({.operation = event.operation, .when = {}});
      return;
    }
    const auto own = std::ranges::find_if(
        asleep_, [&](std::size_t sleep) { return sleeps_[sleep].operation == event.operation; });
    if (own == asleep_.end()) return;
    sleeps_[*own].is_over = true;
    sleeps_[*own].when = situation.clock.now(event.task);
    asleep_.erase(own);
  }

  // Those before the first sleep too: a loop may have its sleep behind its look.
  void note(const OperationRow& row, bool looks) {
    if (looks)
      polls_.looked(row);
    else
      polls_.changed(row);
  }

  void access(const Event& event, const Situation& situation) {
    note(situation.operations[event.operation], event.access == mp::Access::load);
    if (sleeps_.empty()) return;
    Touch made = touch(event, situation);
    const bool is_memory = situation.objects[event.object].kind == mp::ObjectKind::shared_memory;
    made.first = event.part;
    made.last = event.part;
    if (is_memory && event.number > 0) made.last += static_cast<std::uint64_t>(event.number) - 1;
    made.writes = event.access != mp::Access::load;
    made.is_in_one_request = event.access == mp::Access::update;
    take_in(made, true, situation);
  }

  static Touch touch(const Event& event, const Situation& situation) {
    return {.object = event.object, .operation = event.operation, .when = situation.clock.now(event.task)};
  }

  static bool conflict(const Touch& one, const Touch& other, const Situation& situation) {
    if (one.object != other.object || one.when.task == other.when.task) return false;
    if (!one.writes && !other.writes) return false;
    const mp::ObjectKind kind = situation.objects[one.object].kind;
    if (is_queue(kind))
      return one.writes != other.writes;  // puts and gets among themselves are what it is for
    if (kind != mp::ObjectKind::shared_memory && (one.first == 0 || other.first == 0)) return true;
    const bool is_length = one.first == mp::manager::length_part && other.first == mp::manager::length_part;
    if (is_length && one.is_in_one_request && other.is_in_one_request) return false;
    return one.first <= other.last && other.first <= one.last;
  }

  Touched& touched(ObjectIndex object) {
    while (touched_.size() <= object) touched_.add();
    return touched_[object];
  }

  void take_in(const Touch& made, bool may_be_late, const Situation& situation) {
    Touched& own = touched(made.object);
    if (may_be_late && !own.is_settled) meet_all(own, made, situation);
    if (asleep_.empty()) return;
    if (!is_asleep_noted_) around_.insert(around_.end(), asleep_.begin(), asleep_.end());
    is_asleep_noted_ = true;
    (made.writes ? own.changes : own.looks)
        .push_back({.touch = made, .first_sleep = around_.size() - asleep_.size(), .sleeps = asleep_.size()});
  }

  // One pair of a touch is as good as another, so that there are never more pairs than touches: whether a
  // late look is polling does not depend on the change that it meets, nor an early look on the change that
  // meets it. A change that meets a change settles it.
  void meet_all(Touched& own, const Touch& late, const Situation& situation) {
    for (const Early& early : own.changes) {
      if (!meet(early, late, situation)) continue;
      own.is_settled = late.writes;
      return;
    }
    if (late.writes)
      std::erase_if(own.looks, [&](const Early& early) { return meet(early, late, situation); });
  }

  bool meet(const Early& early, const Touch& late, const Situation& situation) {
    const Clock& known = situation.clock.of(late.when.task);
    if (!conflict(early.touch, late, situation) || known.knows(early.touch.when)) return false;
    for (std::size_t i = 0; i < early.sleeps; ++i) {
      const Sleep& each = sleeps_[around_[early.first_sleep + i]];
      if (!each.is_over || !known.knows(each.when)) continue;
      pairs_.push_back({early.touch, late, each.operation});
      return true;
    }
    return false;
  }

  bool relies_on_order(const Pair& pair, const Situation& situation) const {
    return !is_poll(pair.early, situation) && !is_poll(pair.late, situation);
  }

  bool is_poll(const Touch& touch, const Situation& situation) const {
    return !touch.writes && polls_.is_polled(situation.operations[touch.operation]);
  }

  void conclude(const Situation& situation, Findings& findings) const {
    std::vector<ObjectIndex> told;
    for (const Pair& each : pairs_) {
      if (std::ranges::find(told, each.early.object) != told.end() || !relies_on_order(each, situation))
        continue;
      told.push_back(each.early.object);
      report(each, situation, findings);
    }
    if (sleeps_.empty()) return;
    polls_.visit([&](const mp::Location& where) { findings.refute({std::string(rule), place_of(where)}); });
  }

  static void report(const Pair& pair, const Situation& situation, Findings& findings) {
    const auto who = [&](OperationIndex index) {
      return situation.name_of_task(situation.operations[index].task);
    };
    const std::string object = situation.name_of_object(pair.early.object);
    findings.add(
        {.rule = std::string(rule),
         .severity = Severity::warning,
         .harm = Harm::predicted,
         .object = object,
         .sentence = fmt::format(
             "{}'s {}() of {} came before {}'s {}() only because {} slept", who(pair.early.operation),
             name_of(situation.operations[pair.early.operation].verb), object, who(pair.late.operation),
             name_of(situation.operations[pair.late.operation].verb), who(pair.sleep)),
         .parties = {party_of(situation, pair.early.operation), party_of(situation, pair.sleep),
                     party_of(situation, pair.late.operation)},
         .object_index = pair.early.object});
  }

  sleep_order::Polls polls_;
  std::vector<Sleep> sleeps_;        // in the order of their beginnings
  std::vector<std::size_t> asleep_;  // of them, those that go on
  std::vector<std::size_t> around_;  // those that went on at a time, one time after the other
  bool is_asleep_noted_ = false;     // asleep_ is the last of them
  Table<Touched> touched_;           // by object
  std::vector<Pair> pairs_;
};

}  // namespace

std::unique_ptr<Oracle> make_sleep_order() { return std::make_unique<SleepOrder>(); }

}  // namespace heddle
