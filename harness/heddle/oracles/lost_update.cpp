// Lost updates, on objects whose single calls are atomic: a task reads a part and later writes it, and
// another task writes the same part with neither its write before the read nor the write before it, by the
// program's own synchronisation. If the other write really fell between read and write, damage is seen:
// it was overwritten from a stale read. Otherwise it is predicted.
//
// No finding: a lone append, a poll, a blind store, an update made in one request; nor a write over another's
// that came after the read by the program's order and is known to the writer. Order that comes of locks does
// not count there: whoever reads in one critical section and writes in the next knows and loses it all the
// same. Per task only the latest write and the latest read-then-write are kept; who knows a task's latest
// knows its earlier ones. Known false alarm: a value polled as a flag and then written by the poller.
#include <fmt/format.h>
#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <heddle/core/party.hpp>
#include <heddle/core/raw_access.hpp>
#include <heddle/oracles/lost_update.hpp>

namespace heddle {
namespace {

constexpr std::uint64_t whole = 0;  // the part that is all parts

struct Touch {
  OperationIndex operation = none;
  Epoch when;
  std::uint64_t sequence = 0;  // in real order
};

// What one task did to one part.
struct History {
  TaskIndex task = no_task;
  std::optional<Touch> read = {};        // since its own last write
  OperationIndex unseen = none;          // another's write that came before `read` unknown to its reader
  bool read_raced = false;               // another wrote since, and did not know of `read`
  std::optional<Touch> write = {};       // the latest
  std::optional<Touch> pair_read = {};   // the latest read that was followed by a write
  std::optional<Touch> pair_write = {};  // and that write
};

struct Part {
  ObjectIndex object = none;
  std::uint64_t part = 0;
  std::vector<History> tasks;
};

std::string_view rule_for(mp::ObjectKind kind) {
  return is_shared_data(kind) ? "unlocked-shared-value" : "unlocked-manager-update";
}

class LostUpdate final : public Oracle {
 public:
  EventMask interests() const override { return mask_of(EventKind::accessed); }
  void begin() override {
    parts_.clear();
    sequence_ = 0;
  }

  void observe(const Event& event, const Situation& situation, Findings& findings) override {
    if (is_raw_access(situation, event)) return;  // not atomic: the race oracle's
    const Touch touch{event.operation, situation.clock.now(event.task), ++sequence_};
    Part& part = part_of(event.object, event.part);
    if (event.access == mp::Access::load) {
      read(part, event, touch, situation);
      return;
    }
    write(part, event, touch, situation, findings);
    if (event.part != whole) return;
    for (Part& each : parts_)
      if (each.object == event.object && each.part != whole) write(each, event, touch, situation, findings);
  }

 private:
  // A part that is touched for the first time has been written by whoever wrote the whole.
  Part& part_of(ObjectIndex object, std::uint64_t part) {
    if (Part* const found = find_part(object, part)) return *found;
    Part fresh{.object = object, .part = part, .tasks = {}};
    if (const Part* const all = find_part(object, whole))
      for (const History& each : all->tasks)
        if (each.write) fresh.tasks.push_back({.task = each.task, .write = each.write});
    return parts_.emplace_back(std::move(fresh));
  }

  Part* find_part(ObjectIndex object, std::uint64_t part) {
    const auto found = std::ranges::find_if(
        parts_, [&](const Part& each) { return each.object == object && each.part == part; });
    return found == parts_.end() ? nullptr : &*found;
  }

  static History& mine(Part& part, TaskIndex task) {
    const auto found = std::ranges::find(part.tasks, task, &History::task);
    if (found != part.tasks.end()) return *found;
    part.tasks.push_back({.task = task});
    return part.tasks.back();
  }

  static void read(Part& part, const Event& event, const Touch& touch, const Situation& situation) {
    const Clock& known = situation.clock.of(event.task);
    OperationIndex unseen = none;
    for (const History& other : part.tasks)
      if (other.task != event.task && other.write && !known.knows(other.write->when))
        unseen = other.write->operation;
    History& own = mine(part, event.task);
    own.read = touch;
    own.unseen = unseen;
    own.read_raced = false;
  }

  // Between the two the task neither took nor gave up a lock, nor what may serve as one.
  static bool is_free_of_locks(const Situation& situation, OperationIndex first, OperationIndex last) {
    for (OperationIndex index = first + 1; index < last; ++index) {
      const OperationRow& row = situation.operations[index];
      if (row.task != situation.operations[first].task) continue;
      if (row.verb == mp::Verb::acquire || row.verb == mp::Verb::release || row.verb == mp::Verb::wait)
        return false;
    }
    return true;
  }

  static bool is_overwritten_knowingly(const History& own, const History& other, const Touch& write,
                                       const Clock& known, const Situation& situation) {
    return known.knows(other.write->when) && !own.read_raced &&
           is_free_of_locks(situation, own.read->operation, write.operation);
  }

  void write(Part& part, const Event& event, const Touch& touch, const Situation& situation,
             Findings& findings) {
    const Clock& known = situation.clock.of(event.task);
    History& own = mine(part, event.task);
    const bool from_read = own.read.has_value() && event.access == mp::Access::store;
    for (History& other : part.tasks) {
      if (other.task == event.task) continue;
      if (other.read && !known.knows(other.read->when)) other.read_raced = true;
      if (from_read && other.write && other.write->sequence > own.read->sequence &&
          !is_overwritten_knowingly(own, other, touch, known, situation))
        report(part, Harm::seen, *own.read, touch, other.write->operation, situation, findings);
      if (other.pair_write && !known.knows(other.pair_write->when))
        report(part, Harm::predicted, *other.pair_read, *other.pair_write, touch.operation, situation,
               findings);
    }
    if (from_read && own.unseen != none)
      report(part, Harm::predicted, *own.read, touch, own.unseen, situation, findings);
    if (from_read) {
      own.pair_read = own.read;
      own.pair_write = touch;
    }
    own.read.reset();
    own.unseen = none;
    own.write = touch;
  }

  static void report(const Part& part, Harm harm, const Touch& read, const Touch& write, OperationIndex other,
                     const Situation& situation, Findings& findings) {
    const auto who = [&](OperationIndex index) {
      return situation.name_of_task(situation.operations[index].task);
    };
    const std::string object = situation.name_of_object(part.object);
    std::string sentence =
        harm == Harm::seen
            ? fmt::format(
                  "{} read {} and wrote it back after {} had written it in between: {}'s update is lost",
                  who(read.operation), object, who(other), who(other))
            : fmt::format("{} reads {} and writes it back, {} writes it too, and nothing orders the two",
                          who(read.operation), object, who(other));
    findings.add({.rule = std::string(rule_for(situation.objects[part.object].kind)),
                  .harm = harm,
                  .object = object,
                  .sentence = std::move(sentence),
                  .parties = {party_of(situation, read.operation), party_of(situation, other),
                              party_of(situation, write.operation)},
                  .object_index = part.object});
  }

  std::vector<Part> parts_;
  std::uint64_t sequence_ = 0;
};

}  // namespace

std::unique_ptr<Oracle> make_lost_update() { return std::make_unique<LostUpdate>(); }

}  // namespace heddle
