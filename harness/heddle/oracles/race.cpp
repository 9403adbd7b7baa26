// Races on the ends of connections: two tasks receive on one end, and nothing the program did orders them.
// One such pair is a prediction. Damage is seen when one reader takes bytes while another is in the middle
// of a message: what either makes of them is not a message anybody sent.
//
// Races on shared data without a lock are the other half (race/storage.hpp).
//
// Per end and task only the latest receive is kept: who knows a task's latest knows its earlier ones.
// Not seen: races between receives of which one never begins in any execution that was run.
#include <fmt/format.h>
#include <algorithm>

#include <heddle/core/party.hpp>
#include <heddle/core/raw_access.hpp>
#include <heddle/oracles/race.hpp>
#include <heddle/oracles/race/storage.hpp>
#include <vector>

namespace heddle {
namespace {

struct Receive {
  TaskIndex task = no_task;
  Epoch when;
  OperationIndex operation = none;
  bool in_message = false;  // has read some bytes and not ended
};

struct End {
  ObjectIndex object = none;
  std::vector<Receive> latest;  // one per task
};

class Race final : public Oracle {
 public:
  EventMask interests() const override {
    return mask_of(EventKind::operation_begun) | mask_of(EventKind::operation_ended) |
           mask_of(EventKind::bytes_read) | mask_of(EventKind::accessed);
  }
  void begin() override {
    ends_.clear();
    storage_.begin();
  }

  void observe(const Event& event, const Situation& situation, Findings& findings) override {
    if (event.operation == none) return;
    if (event.kind == EventKind::accessed) {
      if (is_shared_data(situation.objects[event.object].kind)) storage_.observe(event, situation, findings);
      return;
    }
    const OperationRow& operation = situation.operations[event.operation];
    if (operation.verb != mp::Verb::recv || operation.kind != mp::ObjectKind::connection) return;
    End& end = end_of(operation.object);
    if (event.kind == EventKind::operation_begun) {
      begun(end, event, situation, findings);
    } else if (event.kind == EventKind::bytes_read) {
      read(end, event, situation, findings);
    } else {
      mine(end, event.task).in_message = false;
    }
  }

 private:
  End& end_of(ObjectIndex object) {
    const auto found = std::ranges::find(ends_, object, &End::object);
    if (found != ends_.end()) return *found;
    ends_.push_back({.object = object, .latest = {}});
    return ends_.back();
  }

  static Receive& mine(End& end, TaskIndex task) {
    const auto found = std::ranges::find(end.latest, task, &Receive::task);
    if (found != end.latest.end()) return *found;
    end.latest.push_back({.task = task, .when = {}});
    return end.latest.back();
  }

  static void begun(End& end, const Event& event, const Situation& situation, Findings& findings) {
    const Clock& now = situation.clock.of(event.task);
    for (const Receive& other : end.latest) {
      if (other.task == event.task || now.knows(other.when)) continue;
      findings.add(
          {.rule = "pipe-multi-reader",
           .harm = Harm::predicted,
           .object = situation.name_of_object(end.object),
           .sentence = fmt::format("{} and {} both receive on {} and nothing orders the two",
                                   situation.name_of_task(other.task), situation.name_of_task(event.task),
                                   situation.name_of_object(end.object)),
           .parties = {party_of(situation, other.operation), party_of(situation, event.operation)},
           .object_index = end.object});
    }
    Receive& own = mine(end, event.task);
    own.when = situation.clock.now(event.task);
    own.operation = event.operation;
    own.in_message = false;
  }

  static void read(End& end, const Event& event, const Situation& situation, Findings& findings) {
    for (const Receive& other : end.latest) {
      if (other.task == event.task || !other.in_message) continue;
      findings.add(
          {.rule = "pipe-multi-reader",
           .harm = Harm::seen,
           .object = situation.name_of_object(end.object),
           .sentence = fmt::format("{} took {} bytes from {} while {} was in the middle of a message: "
                                   "the message is torn between them",
                                   situation.name_of_task(event.task), event.part,
                                   situation.name_of_object(end.object), situation.name_of_task(other.task)),
           .parties = {party_of(situation, other.operation), party_of(situation, event.operation)},
           .object_index = end.object});
    }
    mine(end, event.task).in_message = true;
  }

  std::vector<End> ends_;
  race::StorageRaces storage_;
};

}  // namespace

std::unique_ptr<Oracle> make_race() { return std::make_unique<Race>(); }

}  // namespace heddle
