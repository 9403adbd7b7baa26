// An Event that is set and cleared again by tasks that do not know whether everybody has looked. A waiter
// came in time, but nothing keeps the clear from coming before its wait; and nobody sets the event again. The
// damage, a wait that never ends, is told where such waits are named (wait_for/event_pulse_missed.cpp).
//
// None: the clear is the waiter's own, or comes of the wait's return (an answer, a count); a later set, which
// the waiter would see, or one that may follow because who cleared looks whether it was seen. A wait with a
// timeout is not known to be in danger, so only those count that had to wait without one.
#include <fmt/format.h>
#include <algorithm>
#include <string>
#include <vector>

#include <heddle/core/party.hpp>
#include <heddle/oracles/event_pulse.hpp>

namespace heddle {
namespace {

using mp::Verb;

struct Wait {
  ObjectIndex event = none;
  OperationIndex operation = none;
  Epoch when = {};  // its beginning
};

struct Pulse {
  OperationIndex set = none;
  OperationIndex clear = none;
  OperationIndex wait = none;
};

class EventPulse final : public Oracle {
 public:
  EventMask interests() const override {
    return mask_of(EventKind::operation_begun) | mask_of(EventKind::ended);
  }
  ObjectKinds kinds() const override { return {mp::ObjectKind::event}; }
  void begin() override {
    waits_.clear();
    pulses_.clear();
  }

  void observe(const Event& event, const Situation& situation, Findings& findings) override {
    if (event.kind == EventKind::ended) return conclude(situation, findings);
    const OperationRow& row = situation.operations[event.operation];
    if (row.object == none) return;
    if (row.verb == Verb::wait)
      waits_.push_back({row.object, event.operation, situation.clock.now(row.task)});
    if (row.verb == Verb::set)
      std::erase_if(pulses_,
                    [&](const Pulse& each) { return situation.operations[each.wait].object == row.object; });
    if (row.verb == Verb::clear) clear(event.operation, situation);
  }

 private:
  static OperationIndex latest_set(ObjectIndex event, OperationIndex before, const Situation& situation) {
    for (OperationIndex index = before; index-- > 0;) {
      const OperationRow& row = situation.operations[index];
      if (row.object == event && row.verb == Verb::set) return index;
    }
    return none;
  }

  // Waits that the clear knows nothing of, and that it may as well come before.
  void clear(OperationIndex index, const Situation& situation) {
    const OperationRow& row = situation.operations[index];
    const OperationIndex set = latest_set(row.object, index, situation);
    if (set == none) return;
    const Clock& known = situation.clock.of(row.task);
    for (const Wait& each : waits_) {
      const bool is_others =
          each.event == row.object && situation.operations[each.operation].task != row.task;
      if (is_others && !known.knows(each.when)) pulses_.push_back({set, index, each.operation});
    }
  }

  // Whoever makes another pulse unless it is answered in time does not wait for ever after the one.
  static bool may_try_again(OperationIndex clear, const Situation& situation) {
    for (OperationIndex index = clear + 1; index < situation.operations.size(); ++index) {
      const OperationRow& row = situation.operations[index];
      if (row.task != situation.operations[clear].task) continue;
      const bool looks_or_waits = row.blocked || row.verb == Verb::acquire || row.verb == Verb::wait ||
                                  row.verb == Verb::get || row.verb == Verb::poll || row.verb == Verb::load ||
                                  row.verb == Verb::is_set || row.verb == Verb::is_alive;
      if (looks_or_waits) return !row.is_patient;
    }
    return false;
  }

  void conclude(const Situation& situation, Findings& findings) const {
    for (const Pulse& pulse : pulses_) {
      const OperationRow& wait = situation.operations[pulse.wait];
      if (!wait.is_patient || !wait.succeeded || may_try_again(pulse.clear, situation)) continue;
      const auto who = [&](OperationIndex index) {
        return situation.name_of_task(situation.operations[index].task);
      };
      const std::string name = situation.name_of_object(wait.object);
      findings.add({.rule = "event-pulse-missed",
                    .severity = Severity::warning,
                    .harm = Harm::predicted,
                    .object = name,
                    .sentence = fmt::format("{} set {} and {} cleared it again, and nothing makes that come "
                                            "after {}'s wait() began: a waiter that is later waits for ever",
                                            who(pulse.set), name, who(pulse.clear), who(pulse.wait)),
                    .parties = {party_of(situation, pulse.set), party_of(situation, pulse.clear),
                                party_of(situation, pulse.wait)},
                    .object_index = wait.object});
    }
  }

  std::vector<Wait> waits_;
  std::vector<Pulse> pulses_;
};

}  // namespace

std::unique_ptr<Oracle> make_event_pulse() { return std::make_unique<EventPulse>(); }

}  // namespace heddle
