// Races on the ends of connections: two tasks receive on one end, or two send on one, and nothing the program
// did orders them. One such pair is a prediction. Damage is seen when one takes or puts bytes while another
// is in the middle of a message: what then comes out is not a message anybody sent.
//
// Races on shared data without a lock are the other half (race/storage.hpp).
//
// Per end and task only the latest use is kept: who knows a task's latest knows its earlier ones. Not seen:
// races between uses of which one never begins in any execution that was run.
#include <fmt/format.h>
#include <algorithm>

#include <heddle/core/party.hpp>
#include <heddle/core/raw_access.hpp>
#include <heddle/oracles/race.hpp>
#include <heddle/oracles/race/storage.hpp>
#include <vector>

namespace heddle {
namespace {

using mp::Verb;

struct Use {
  TaskIndex task = no_task;
  Epoch when;
  OperationIndex operation = none;
  bool in_message = false;  // has moved some bytes and not ended
};

struct End {
  ObjectIndex object = none;
  Verb verb = Verb::recv;   // or send: the two directions of a duplex end have nothing to do with each other
  std::vector<Use> latest;  // one per task
};

/// What is told of one direction.
struct Words {
  Verb verb;
  std::string_view rule;
  std::string_view does;
  std::string_view moved;
  std::string_view whence;
};
constexpr Words receiving{Verb::recv, "pipe-multi-reader", "receive on", "took", "from"};
constexpr Words sending{Verb::send, "pipe-multi-writer", "send on", "put", "into"};

constexpr const Words& words_for(Verb verb) { return verb == Verb::send ? sending : receiving; }

class Race final : public Oracle {
 public:
  EventMask interests() const override {
    return mask_of(EventKind::operation_begun) | mask_of(EventKind::operation_ended) |
           mask_of(EventKind::bytes_read) | mask_of(EventKind::bytes_written) | mask_of(EventKind::accessed);
  }
  ObjectKinds kinds() const override { return {mp::ObjectKind::connection}; }
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
    if (operation.kind != mp::ObjectKind::connection) return;
    if (operation.verb != Verb::recv && operation.verb != Verb::send) return;
    End& end = end_of(operation.object, operation.verb);
    if (event.kind == EventKind::operation_begun) {
      begun(end, event, situation, findings);
    } else if (event.kind == EventKind::operation_ended) {
      mine(end, event.task).in_message = false;
    } else {
      moved_bytes(end, event, situation, findings);
    }
  }

 private:
  End& end_of(ObjectIndex object, Verb verb) {
    const auto found = std::ranges::find_if(
        ends_, [&](const End& each) { return each.object == object && each.verb == verb; });
    if (found != ends_.end()) return *found;
    ends_.push_back({.object = object, .verb = verb, .latest = {}});
    return ends_.back();
  }

  static Use& mine(End& end, TaskIndex task) {
    const auto found = std::ranges::find(end.latest, task, &Use::task);
    if (found != end.latest.end()) return *found;
    end.latest.push_back({.task = task, .when = {}});
    return end.latest.back();
  }

  // A send tells when it begins, which moves its task's time on: whoever gets the message knows it.
  static Epoch epoch_of(const End& end, TaskIndex task, const Situation& situation) {
    Epoch epoch = situation.clock.now(task);
    if (end.verb == Verb::send) --epoch.time;
    return epoch;
  }

  static void begun(End& end, const Event& event, const Situation& situation, Findings& findings) {
    const Clock& now = situation.clock.of(event.task);
    for (const Use& other : end.latest) {
      if (other.task == event.task || now.knows(other.when)) continue;
      findings.add(finding(end, Harm::predicted, other, event, situation,
                           fmt::format("{} and {} both {} {} and nothing orders the two",
                                       situation.name_of_task(other.task), situation.name_of_task(event.task),
                                       words_for(end.verb).does, situation.name_of_object(end.object))));
    }
    Use& own = mine(end, event.task);
    own.when = epoch_of(end, event.task, situation);
    own.operation = event.operation;
    own.in_message = false;
  }

  static void moved_bytes(End& end, const Event& event, const Situation& situation, Findings& findings) {
    for (const Use& other : end.latest) {
      if (other.task == event.task || !other.in_message) continue;
      const Words& words = words_for(end.verb);
      findings.add(
          finding(end, Harm::seen, other, event, situation,
                  fmt::format("{} {} {} bytes {} {} while {} was in the middle of a message: the "
                              "message is torn between them, for nothing orders the two",
                              situation.name_of_task(event.task), words.moved, event.part, words.whence,
                              situation.name_of_object(end.object), situation.name_of_task(other.task))));
    }
    mine(end, event.task).in_message = true;
  }

  static Finding finding(const End& end, Harm harm, const Use& other, const Event& event,
                         const Situation& situation, std::string sentence) {
    return {.rule = std::string(words_for(end.verb).rule),
            .harm = harm,
            .object = situation.name_of_object(end.object),
            .sentence = std::move(sentence),
            .parties = {party_of(situation, other.operation), party_of(situation, event.operation)},
            .object_index = end.object};
  }

  std::vector<End> ends_;
  race::StorageRaces storage_;
};

}  // namespace

std::unique_ptr<Oracle> make_race() { return std::make_unique<Race>(); }

}  // namespace heddle
