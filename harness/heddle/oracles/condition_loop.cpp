// A Condition's waiter that does not look again. Before it waited it had read what it waits for, under the
// lock; it was notified, and before it had the lock again somebody else wrote that; and the waiter went on:
// it wrote it, or released the lock, without reading it once more. That the notifier itself wrote is no
// change behind anybody's back. A read that only serves a write on the same line, and stands behind
// it (`count.value() -= 1`, `count.value() = count.value() - 1`), is not a look.
//
// What is read is seen if it is shared or managed data. Not seen: state in variables of the program's own,
// and a waiter that has read nothing before.
#include <fmt/format.h>
#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include <heddle/core/party.hpp>
#include <heddle/oracles/condition_loop.hpp>

namespace heddle {
namespace {

using mp::Verb;

struct Read {
  ObjectIndex object = none;
  std::uint64_t part = 0;
};

bool overlap(const Read& one, const Read& other) {
  return one.object == other.object && (one.part == other.part || one.part == 0 || other.part == 0);
}

enum class Stage : std::uint8_t { elsewhere, waiting, back };

/// Where a task stands with the Conditions it waits on.
struct Watch {
  std::int64_t held = 0;           // locks
  Stage stage = Stage::elsewhere;  // back: it has the lock again and has not looked
  TaskIndex notifier = no_task;    // the latest since the wait began
  OperationIndex wait = none;      // the latest
  OperationIndex changed = none;   // who wrote what it awaits, after that notification
  OperationIndex look = none;      // its own read of that when it was back
  std::vector<Read> reads = {};    // since it has held a lock, or was back
  std::vector<Read> awaited = {};  // those before the wait
  void reset() {
    reads.clear();
    awaited.clear();
    *this = Watch{.reads = std::move(reads), .awaited = std::move(awaited)};
  }
  bool awaits(const Read& other) const {
    return std::ranges::any_of(awaited, [&](const Read& each) { return overlap(each, other); });
  }
};

bool is_wait(const OperationRow& row) {
  return row.verb == Verb::wait && row.kind == mp::ObjectKind::condition;
}

bool is_notification(const OperationRow& row) {
  return row.kind == mp::ObjectKind::condition && row.succeeded &&
         (row.verb == Verb::notify || row.verb == Verb::notify_all);
}

// The two halves of `count.value() -= 1`, or of `count.value() = count.value() - 1`, whose right side is read
// first. In `if (count.value() > 0) count.value() = 0` what is read stands before what is written.
bool is_one_update(const OperationRow& read, const OperationRow& write) {
  return write.verb == Verb::store && write.object == read.object &&
         write.where.line() == read.where.line() && write.where.column() <= read.where.column() &&
         std::string_view(write.where.file_name()) == read.where.file_name();
}

class ConditionLoop final : public Oracle {
 public:
  EventMask interests() const override {
    return mask_of(EventKind::operation_begun) | mask_of(EventKind::operation_ended) |
           mask_of(EventKind::accessed);
  }
  void begin() override { watches_.clear(); }

  void observe(const Event& event, const Situation& situation, Findings& findings) override {
    if (event.operation == none || situation.tasks[event.task].role != mp::Role::user) return;
    while (watches_.size() <= event.task) watches_.add();
    if (event.kind == EventKind::accessed) return accessed(event, situation, findings);
    if (event.kind == EventKind::operation_begun) return begun(event.operation, situation, findings);
    ended(situation.operations[event.operation]);
  }

 private:
  void begun(OperationIndex index, const Situation& situation, Findings& findings) {
    const OperationRow& row = situation.operations[index];
    Watch& own = watches_[row.task];
    if (own.look != none) {
      if (is_one_update(situation.operations[own.look], row)) report(own, index, situation, findings);
      leave(own);
    }
    const bool lets_go = row.verb == Verb::release && row.kind == mp::ObjectKind::lock;
    if (lets_go && own.stage == Stage::back) {
      if (own.changed != none && situation.operations[own.wait].related == row.object)
        report(own, index, situation, findings);
      leave(own);
    }
    if (!is_wait(row)) return;
    own.stage = Stage::waiting;
    own.wait = index;
    own.notifier = no_task;
    own.changed = none;
    std::swap(own.awaited, own.reads);
    own.reads.clear();
  }

  void ended(const OperationRow& row) {
    Watch& own = watches_[row.task];
    if (is_notification(row)) notified(row);
    if (is_wait(row) && own.stage == Stage::waiting) {
      own.stage = Stage::back;
      if (!row.succeeded) leave(own);
    }
    if (row.kind != mp::ObjectKind::lock || !row.succeeded) return;
    if (row.verb == Verb::acquire && row.number <= 1) ++own.held;
    if (row.verb != Verb::release || row.number != 0) return;
    --own.held;
    own.reads.clear();
  }

  static void leave(Watch& own) {
    own.stage = Stage::elsewhere;
    own.changed = none;
    own.look = none;
  }

  // What they wait for is so now, whatever happened before.
  void notified(const OperationRow& notification) {
    for (Watch& each : watches_) {
      if (each.stage != Stage::waiting) continue;
      each.notifier = notification.task;
      each.changed = none;
    }
  }

  void accessed(const Event& event, const Situation& situation, Findings& findings) {
    const Read touched{event.object, event.part};
    const bool writes = event.access != mp::Access::load;
    Watch& own = watches_[event.task];
    if (own.stage == Stage::back && own.changed != none && own.awaits(touched)) {
      if (!writes) {
        own.look = event.operation;
      } else {
        report(own, event.operation, situation, findings);
        leave(own);
      }
    }
    if (!writes && own.held > 0) own.reads.push_back(touched);
    if (!writes) return;
    for (Watch& each : watches_)
      if (each.stage == Stage::waiting && each.notifier != no_task && each.notifier != event.task &&
          each.awaits(touched))
        each.changed = event.operation;
  }

  static void report(const Watch& own, OperationIndex going_on, const Situation& situation,
                     Findings& findings) {
    const OperationRow& wait = situation.operations[own.wait];
    const OperationRow& change = situation.operations[own.changed];
    findings.add(
        {.rule = "condition-not-in-loop",
         .severity = Severity::warning,
         .harm = Harm::predicted,
         .object = situation.name_of_object(wait.object),
         .sentence = fmt::format("{} waited in {} for {}; {} notified it, but {} wrote {} before it had the "
                                 "lock again, and it went on to {} without looking again",
                                 situation.name_of_task(wait.task), words_of(situation, own.wait),
                                 situation.name_of_object(change.object),
                                 situation.name_of_task(own.notifier), situation.name_of_task(change.task),
                                 situation.name_of_object(change.object), words_of(situation, going_on)),
         .parties = {party_of(situation, own.wait), party_of(situation, own.changed),
                     party_of(situation, going_on)}});
  }

  Table<Watch> watches_;  // by task
};

}  // namespace

std::unique_ptr<Oracle> make_condition_loop() { return std::make_unique<ConditionLoop>(); }

}  // namespace heddle
