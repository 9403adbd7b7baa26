// Reading several elements of an Array as one, and getting some from before an update and some from after it.
// One reading is a slice, or the elements that a task reads one after the other at one place of the program:
// an iteration. One update is a slice that is stored, or all that a task stores while it holds a lock. No
// single operation tears another, they are atomic; an iteration is none, and nor are the stores of a critical
// section to a reader that does not take its lock. Nothing is torn where the program's order says so, by more
// than locks: an element that is read because a message says that it has been updated.
//
// Arrays without a lock are the race oracle's.
#include <fmt/format.h>
#include <algorithm>
#include <string_view>
#include <vector>

#include <heddle/core/party.hpp>
#include <heddle/core/raw_access.hpp>
#include <heddle/oracles/torn_slice.hpp>

namespace heddle {
namespace {

struct Touch {
  std::uint64_t part = 0;
  OperationIndex operation = none;
  Epoch when = {};
  std::uint64_t sequence = 0;  // in real order
};

/// The latest reading, or the latest update, of one task and one array.
struct Group {
  TaskIndex task = no_task;
  ObjectIndex object = none;
  bool stores = false;
  OperationIndex since = none;      // an update: the acquire of the lock, or the one operation
  OperationIndex latest = none;     // the operation of the latest touch
  bool is_one = true;               // all touches are of one operation
  std::vector<Touch> touches = {};  // by part
  void reset() {
    touches.clear();
    *this = Group{.touches = std::move(touches)};
  }
  const Touch* find(std::uint64_t part) const {
    const auto found = std::ranges::lower_bound(touches, part, {}, &Touch::part);
    return found == touches.end() || found->part != part ? nullptr : &*found;
  }
  void forget() {
    touches.clear();
    is_one = true;
  }
  void add(const Touch& touch) {
    is_one = is_one && (touches.empty() || latest == touch.operation);
    latest = touch.operation;
    const auto at = std::ranges::lower_bound(touches, touch.part, {}, &Touch::part);
    if (at != touches.end() && at->part == touch.part)
      *at = touch;
    else
      touches.insert(at, touch);
  }
};

bool is_one_place(const OperationRow& one, const OperationRow& other) {
  return one.where.line() == other.where.line() && one.where.column() == other.where.column() &&
         std::string_view(one.where.file_name()) == other.where.file_name();
}

class TornSlice final : public Oracle {
 public:
  EventMask interests() const override { return mask_of(EventKind::accessed); }
  void begin() override {
    groups_.clear();
    sequence_ = 0;
  }

  void observe(const Event& event, const Situation& situation, Findings& findings) override {
    if (event.operation == none || situation.tasks[event.task].role != mp::Role::user) return;
    if (situation.objects[event.object].kind != mp::ObjectKind::array || is_raw_access(situation, event))
      return;
    const Touch touch{event.part, event.operation, situation.clock_without_locks.now(event.task),
                      ++sequence_};
    if (event.access == mp::Access::load)
      read(event, touch, situation, findings);
    else
      stored(event, touch, situation, findings);
  }

 private:
  Group& group_of(const Event& event, bool stores) {
    for (Group& each : groups_)
      if (each.task == event.task && each.object == event.object && each.stores == stores) return each;
    Group& made = groups_[groups_.add()];
    made.task = event.task;
    made.object = event.object;
    made.stores = stores;
    return made;
  }

  // An iteration goes on as long as it comes to other elements.
  static bool goes_on(const Group& reading, const Touch& touch, const Situation& situation) {
    if (reading.latest == touch.operation) return true;
    return reading.find(touch.part) == nullptr &&
           is_one_place(situation.operations[reading.latest], situation.operations[touch.operation]);
  }

  static bool may_tear(const Group& one, const Group& other) {
    return one.object == other.object && one.stores != other.stores && one.task != other.task &&
           !(one.is_one && other.is_one);
  }

  void read(const Event& event, const Touch& touch, const Situation& situation, Findings& findings) {
    Group& reading = group_of(event, false);
    if (!reading.touches.empty() && !goes_on(reading, touch, situation)) reading.forget();
    reading.add(touch);
    const Clock& known = situation.clock_without_locks.of(event.task);
    for (const Group& update : groups_) {
      if (!may_tear(reading, update)) continue;
      const Touch* const seen = update.find(touch.part);
      if (seen == nullptr || known.knows(seen->when)) continue;
      for (const Touch& before : reading.touches) {
        const Touch* const missed = update.find(before.part);
        if (missed == nullptr || missed->sequence < before.sequence) continue;
        return report(reading, before.operation, touch.operation, *seen, *missed, situation, findings);
      }
    }
  }

  void stored(const Event& event, const Touch& touch, const Situation& situation, Findings& findings) {
    group_of(event, false).forget();  // an iteration that stores is none
    Group& update = group_of(event, true);
    const OperationIndex lock = situation.held_locks.since(event.task);
    const OperationIndex since = lock == none ? event.operation : lock;
    if (update.since != since) update.forget();
    update.since = since;
    update.add(touch);
    const Clock& known = situation.clock_without_locks.of(event.task);
    for (const Group& reading : groups_) {
      if (!may_tear(update, reading)) continue;
      const Touch* const before = reading.find(touch.part);
      if (before == nullptr || known.knows(before->when)) continue;
      for (const Touch& seen : update.touches) {
        const Touch* const after = reading.find(seen.part);
        if (after == nullptr || after->sequence < seen.sequence) continue;
        return report(reading, before->operation, after->operation, seen, touch, situation, findings);
      }
    }
  }

  static void report(const Group& reading, OperationIndex before, OperationIndex after, const Touch& seen,
                     const Touch& missed, const Situation& situation, Findings& findings) {
    const std::string name = situation.name_of_object(reading.object);
    const std::string reader = situation.name_of_task(reading.task);
    const std::string writer = situation.name_of_task(situation.operations[seen.operation].task);
    Finding finding{
        .rule = "torn-slice",
        .object = name,
        .sentence = fmt::format("{} read {} {} and saw half of {}'s update: element {} is from "
                                "after it, element {} from before it",
                                reader, name, before == after ? "in one slice" : "element by element", writer,
                                seen.part - 1, missed.part - 1),
        .parties = {party_of(situation, before)},
        .object_index = reading.object};
    for (const OperationIndex each : {after, seen.operation, missed.operation})
      if (each != before && finding.parties.back().step != situation.operations[each].step_begin)
        finding.parties.push_back(party_of(situation, each));
    findings.add(std::move(finding));
  }

  Table<Group> groups_;
  std::uint64_t sequence_ = 0;
};

}  // namespace

std::unique_ptr<Oracle> make_torn_slice() { return std::make_unique<TornSlice>(); }

}  // namespace heddle
