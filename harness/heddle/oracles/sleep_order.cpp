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
// polling.
#include <fmt/format.h>
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/core/party.hpp>
#include <heddle/core/raw_access.hpp>
#include <heddle/oracles/sleep_order.hpp>
#include <heddle/oracles/sleep_order/polls.hpp>

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
  std::uint64_t sequence = 0;
};

struct Sleep {
  OperationIndex operation = none;
  std::uint64_t begin = 0;  // in the sequence of touches and sleeps
  std::uint64_t end = 0;    // 0: it goes on
  Epoch when;               // its end
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
  void begin() override {
    polls_.begin();
    sleeps_.clear();
    touches_.clear();
    pairs_.clear();
    sleeping_ = 0;
    sequence_ = 0;
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
  void sleep(const Event& event, const Situation& situation) {
    if (event.kind == EventKind::operation_begun) {
      sleeps_.push_back({.operation = event.operation, .begin = ++sequence_, .when = {}});
      ++sleeping_;
      return;
    }
    const auto own = std::ranges::find(sleeps_, event.operation, &Sleep::operation);
    if (own == sleeps_.end()) return;
    own->end = ++sequence_;
    own->when = situation.clock.now(event.task);
    --sleeping_;
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
    take_in(made, true, situation);
  }

  Touch touch(const Event& event, const Situation& situation) {
    return {.object = event.object,
            .operation = event.operation,
            .when = situation.clock.now(event.task),
            .sequence = ++sequence_};
  }

  static bool conflict(const Touch& one, const Touch& other, const Situation& situation) {
    if (one.object != other.object || one.when.task == other.when.task) return false;
    if (!one.writes && !other.writes) return false;
    const mp::ObjectKind kind = situation.objects[one.object].kind;
    if (is_queue(kind))
      return one.writes != other.writes;  // puts and gets among themselves are what it is for
    if (kind != mp::ObjectKind::shared_memory && (one.first == 0 || other.first == 0)) return true;
    return one.first <= other.last && other.first <= one.last;
  }

  void take_in(const Touch& made, bool may_be_late, const Situation& situation) {
    if (may_be_late) {
      const Clock& known = situation.clock.of(made.when.task);
      for (const Touch& early : touches_)
        if (conflict(early, made, situation) && !known.knows(early.when)) meet(early, made, known);
    }
    if (sleeping_ > 0) touches_.push_back(made);
  }

  void meet(const Touch& early, const Touch& late, const Clock& known) {
    for (const Sleep& each : sleeps_) {
      const bool is_during = each.begin < early.sequence && early.sequence < each.end;
      if (!is_during || !known.knows(each.when)) continue;
      pairs_.push_back({early, late, each.operation});
      return;
    }
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
  std::vector<Sleep> sleeps_;
  std::vector<Touch> touches_;  // made while somebody slept
  std::vector<Pair> pairs_;
  std::uint64_t sleeping_ = 0;  // how many sleep now
  std::uint64_t sequence_ = 0;
};

}  // namespace

std::unique_ptr<Oracle> make_sleep_order() { return std::make_unique<SleepOrder>(); }

}  // namespace heddle
