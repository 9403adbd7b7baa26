// Decisions by a queue's empty(), full() or qsize() that another task may make wrong. What a program decides
// is seen by what it does next with that queue:
//
//   - it gets because there was something, and another task's get is not ordered before the check or after
//     that get;
//   - it puts because there was room, and so for another task's put;
//   - it stops: as many gets as qsize() had said and no more, or, after others, none since empty() said so;
//     and another task's put is not ordered before the check, nor does it come of it.
//
// The damage is that the get or put had to wait or failed; until that shows it is predicted. That somebody
// stopped is told only when the late item was never got. A check that is made again before anything follows
// has decided nothing. Of each task the latest decision about each queue is kept: who knows that one knows
// those before.
#include <fmt/format.h>
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <heddle/core/party.hpp>
#include <heddle/oracles/queue_check.hpp>

namespace heddle {
namespace {

using mp::Verb;

bool is_check(Verb verb) { return verb == Verb::empty || verb == Verb::full || verb == Verb::qsize; }

/// Does the check say that the next one of these will find what it needs?
bool promises(const OperationRow& check, Verb next) {
  if (next == Verb::put) return check.verb == Verb::full && check.number == 0;
  return (check.verb == Verb::empty && check.number == 0) || (check.verb == Verb::qsize && check.number > 0);
}

/// One put or get. A put's moment is that before it tells: who takes the item knows it.
struct Change {
  ObjectIndex queue = none;
  OperationIndex operation = none;
  Verb verb{};
  Epoch when;
};

struct Check {
  OperationIndex operation = none;
  Epoch when;
  Clock known;                            // to its task, then
  std::int64_t gets = 0;                  // of its task, since
  std::vector<OperationIndex> late = {};  // other tasks' puts, neither known to it nor knowing it
};

/// What a check has decided: the get or put that came next.
struct Decision {
  OperationIndex check = none;
  OperationIndex operation = none;
  Epoch when;
};

struct Watcher {
  ObjectIndex queue = none;
  TaskIndex task = no_task;
  bool has_got = false;
  std::optional<Check> check = {};        // the latest
  bool is_open = false;                   // and nothing has followed it
  std::optional<Decision> decision = {};  // the latest
};

class QueueCheck final : public Oracle {
 public:
  EventMask interests() const override {
    return mask_of(EventKind::operation_begun) | mask_of(EventKind::operation_ended) |
           mask_of(EventKind::ended);
  }
  ObjectKinds kinds() const override { return queue_kinds; }
  void begin() override {
    changes_.clear();
    watchers_.clear();
  }

  void observe(const Event& event, const Situation& situation, Findings& findings) override {
    if (event.kind == EventKind::ended) return stopped(situation, findings);
    const OperationRow& row = situation.operations[event.operation];
    if (row.object == none) return;
    if (situation.tasks[event.task].role != mp::Role::user) return;
    if (event.kind == EventKind::operation_begun) {
      if (row.verb == Verb::put) put(event.operation, situation, findings);
      return;
    }
    if (row.verb == Verb::get) got(event.operation, situation, findings);
    if (row.verb == Verb::put)
      decide(event.operation, epoch_of_put(row.task, situation), situation, findings);
    if (is_check(row.verb) && row.succeeded) check(event.operation, situation);
  }

 private:
  // A put tells when it begins, which moves its task's time on.
  static Epoch epoch_of_put(TaskIndex task, const Situation& situation) {
    Epoch epoch = situation.clock.now(task);
    --epoch.time;
    return epoch;
  }

  void put(OperationIndex index, const Situation& situation, Findings& findings) {
    const OperationRow& row = situation.operations[index];
    const Change change{row.object, index, Verb::put, epoch_of_put(row.task, situation)};
    meet_decisions(change, situation, findings);
    const Clock& mine = situation.clock.of(row.task);
    for (Watcher& each : watchers_)
      if (each.queue == row.object && each.task != row.task && each.check && !mine.knows(each.check->when))
        each.check->late.push_back(index);
    changes_.push_back(change);
  }

  void got(OperationIndex index, const Situation& situation, Findings& findings) {
    const OperationRow& row = situation.operations[index];
    const Epoch now = situation.clock.now(row.task);
    decide(index, now, situation, findings);
    if (!row.succeeded) return;
    if (Watcher* const own = find(row.object, row.task)) {
      own->has_got = true;
      if (own->check) ++own->check->gets;
    } else {
      watchers_.push_back({.queue = row.object, .task = row.task, .has_got = true});
    }
    const Change change{row.object, index, Verb::get, now};
    meet_decisions(change, situation, findings);
    changes_.push_back(change);
  }

  void check(OperationIndex index, const Situation& situation) {
    const OperationRow& row = situation.operations[index];
    Watcher* own = find(row.object, row.task);
    if (own == nullptr) own = &watchers_.emplace_back(Watcher{.queue = row.object, .task = row.task});
    Check made{
        .operation = index, .when = situation.clock.now(row.task), .known = situation.clock.of(row.task)};
    for (const Change& each : changes_)
      if (each.queue == row.object && each.verb == Verb::put && each.when.task != row.task &&
          !made.known.knows(each.when))
        made.late.push_back(each.operation);
    own->check = std::move(made);
    own->is_open = true;
  }

  // The first get or put behind a check that promised it. Whatever of the kind another task has done, unknown
  // to the check, may as well come between the two.
  void decide(OperationIndex index, Epoch when, const Situation& situation, Findings& findings) {
    const OperationRow& row = situation.operations[index];
    Watcher* const own = find(row.object, row.task);
    if (own == nullptr || !own->is_open) return;
    own->is_open = false;
    if (!promises(situation.operations[own->check->operation], row.verb)) return;
    own->decision = Decision{own->check->operation, index, when};
    for (const Change& each : changes_) {
      const bool meets = each.queue == row.object && each.verb == row.verb && each.when.task != row.task;
      if (meets && !own->check->known.knows(each.when))
        report_meeting(*own->decision, each.operation, situation, findings);
    }
  }

  // Another task's get or put that does not know of the decided one may as well come before it.
  void meet_decisions(const Change& change, const Situation& situation, Findings& findings) {
    const TaskIndex task = situation.operations[change.operation].task;
    for (const Watcher& each : watchers_) {
      if (each.queue != change.queue || each.task == task || !each.decision) continue;
      if (situation.operations[each.decision->operation].verb != change.verb) continue;
      if (!situation.clock.of(task).knows(each.decision->when))
        report_meeting(*each.decision, change.operation, situation, findings);
    }
  }

  static bool is_got(const Situation& situation, OperationIndex put) {
    return std::ranges::any_of(situation.operations, [&](const OperationRow& row) {
      return row.verb == Verb::get && row.source == put && row.succeeded;
    });
  }

  static bool has_stopped(const Watcher& watcher, const Situation& situation) {
    const OperationRow& row = situation.operations[watcher.check->operation];
    if (row.verb == Verb::empty) return row.number == 1 && watcher.has_got && watcher.check->gets == 0;
    return row.verb == Verb::qsize && row.number > 0 && watcher.check->gets == row.number;
  }

  // Only with damage: whether a reader that got all there was had decided by the check cannot be told.
  void stopped(const Situation& situation, Findings& findings) const {
    for (const Watcher& each : watchers_) {
      if (!each.check || !has_stopped(each, situation)) continue;
      const auto lost =
          std::ranges::find_if(each.check->late, [&](OperationIndex put) { return !is_got(situation, put); });
      if (lost == each.check->late.end()) continue;
      const OperationRow& check = situation.operations[each.check->operation];
      report({each.check->operation, *lost}, Harm::seen,
             fmt::format("{} took no more from {} than {}() had shown, and nothing ordered {}'s put() before "
                         "that: it came too late, and its item was never got",
                         who(situation, each.check->operation), situation.name_of_object(each.queue),
                         name_of(check.verb), who(situation, *lost)),
             situation, findings);
    }
  }

  static std::string who(const Situation& situation, OperationIndex index) {
    return situation.name_of_task(situation.operations[index].task);
  }

  static void report_meeting(const Decision& decision, OperationIndex other, const Situation& situation,
                             Findings& findings) {
    const OperationRow& decided = situation.operations[decision.operation];
    const bool is_between =
        situation.operations[other].step_begin > situation.operations[decision.check].step_end &&
        decided.ended;
    const bool is_harmed = is_between && (decided.blocked || !decided.succeeded) &&
                           situation.operations[other].step_begin < decided.step_end;
    report(
        {decision.check, decision.operation, other}, is_harmed ? Harm::seen : Harm::predicted,
        fmt::format("{} called {}.{}() because of {}(), and nothing keeps {}'s {}() from coming in between{}",
                    who(situation, decision.operation), situation.name_of_object(decided.object),
                    name_of(decided.verb), name_of(situation.operations[decision.check].verb),
                    who(situation, other), name_of(decided.verb),
                    is_harmed ? ": it did, and what was expected was not there" : ""),
        situation, findings);
  }

  static void report(std::vector<OperationIndex> parties, Harm harm, std::string sentence,
                     const Situation& situation, Findings& findings) {
    const ObjectIndex queue = situation.operations[parties.front()].object;
    Finding finding{.rule = "stale-queue-check",
                    .severity = Severity::warning,
                    .harm = harm,
                    .object = situation.name_of_object(queue),
                    .sentence = std::move(sentence),
                    .object_index = queue};
    for (const OperationIndex each : parties) finding.parties.push_back(party_of(situation, each));
    findings.add(std::move(finding));
  }

  Watcher* find(ObjectIndex queue, TaskIndex task) {
    const auto found = std::ranges::find_if(
        watchers_, [&](const Watcher& each) { return each.queue == queue && each.task == task; });
    return found == watchers_.end() ? nullptr : &*found;
  }

  std::vector<Change> changes_;
  std::vector<Watcher> watchers_;
};

}  // namespace

std::unique_ptr<Oracle> make_queue_check() { return std::make_unique<QueueCheck>(); }

}  // namespace heddle
