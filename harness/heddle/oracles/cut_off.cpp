// What a process was in the middle of when it was terminated. Most of what it may have been doing leaves no
// trace: a get or an acquire that still waited, a send that had not begun to write. What does:
//
//   - a message of which a part is written, to a queue or through a connection: whoever reads there next gets
//     that part, or an error;
//   - a change that a server has been asked for: whether it has made it nobody can tell;
//   - an item that a daemon had got, from a queue or a connection, and done nothing with.
//
// Somebody must be left who could come to feel it. At the end of its parent a daemon is stopped as a matter
// of course: then it is its work that is lost, a warning.
#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include <heddle/core/death.hpp>
#include <heddle/core/party.hpp>
#include <heddle/oracles/cut_off.hpp>

namespace heddle {
namespace {

using mp::ObjectKind;
using mp::Verb;

constexpr std::array verbs_that_change{Verb::store, Verb::update, Verb::call,     Verb::put,
                                       Verb::set,   Verb::clear,  Verb::task_done};
constexpr std::array verbs_without_result{Verb::load,    Verb::sleep,   Verb::qsize,     Verb::empty,
                                          Verb::full,    Verb::poll,    Verb::get_value, Verb::is_set,
                                          Verb::acquire, Verb::is_alive};

// What a task does that waits until there is more for it to do, or asks whether there is.
constexpr std::array verbs_of_the_idle{Verb::recv, Verb::poll, Verb::accept, Verb::wait, Verb::is_set};

bool is_among(Verb verb, std::span<const Verb> verbs) {
  return std::ranges::find(verbs, verb) != verbs.end();
}

bool is_queue(ObjectKind kind) { return queue_kinds.contains(kind); }

/// What was cut off: during which operation, and in words.
struct Damage {
  OperationIndex operation = none;
  std::string_view rule;
  std::string words;
};

class CutOff final : public Oracle {
 public:
  EventMask interests() const override { return mask_of(EventKind::process_ended); }
  void begin() override {}

  void observe(const Event& event, const Situation& situation, Findings& findings) override {
    const ProcessIndex process = situation.tasks[event.task].process;
    const ProcessRow& row = situation.processes[process];
    if (row.signal == 0 || row.role != mp::Role::user) return;
    const OperationIndex striker = struck_by(situation, process);
    if (striker == none) return;
    const bool at_parents_end = situation.operations[striker].verb == Verb::finish;
    // How the others fare after a crash is its consequence.
    if (at_parents_end && !situation.processes[row.parent].uncaught.empty()) return;
    for (TaskIndex task = 0; task < situation.tasks.size(); ++task) {
      if (situation.tasks[task].process != process) continue;
      std::optional<Damage> damage = half_done(situation, task);
      if (!damage && at_parents_end) damage = item_held(situation, task);
      if (!damage) continue;
      if (at_parents_end) damage->rule = "daemon-work-lost";
      return report(*damage, process, striker, situation, findings);
    }
  }

 private:
  // Somebody who is alive and not about to end has a handle of the object.
  static bool is_wanted(const Situation& situation, ObjectIndex object) {
    return object != none && std::ranges::any_of(situation.objects[object].holders, [&](const Holder& each) {
             return each.claims > 0 && goes_on(situation, each.process);
           });
  }

  static bool goes_on(const Situation& situation, ProcessIndex process) {
    return situation.processes[process].alive && !is_ending(situation, process);
  }

  static bool is_ending(const Situation& situation, ProcessIndex process) {
    if (situation.processes[process].daemon) {
      const ProcessIndex parent = situation.processes[process].parent;
      if (parent != none && is_ending(situation, parent)) return true;
    }
    const TaskIndex main = situation.processes[process].main;
    const OperationIndex operation = situation.tasks[main].operation;
    return operation != none && situation.operations[operation].verb == Verb::finish;
  }

  static std::optional<Damage> half_done(const Situation& situation, TaskIndex task) {
    const TaskRow& row = situation.tasks[task];
    if (row.operation == none) return std::nullopt;
    const OperationRow& operation = situation.operations[row.operation];
    if (row.wait == WaitKind::writable) return half_written(situation, row);
    // Only who is in the middle of a message watches its writer besides the pipe.
    if (is_queue(operation.kind) && operation.verb == Verb::get && row.wait == WaitKind::any &&
        is_wanted(situation, operation.object))
      return Damage{
          row.operation, "queue-holder-killed",
          fmt::format("it had taken a part of a message in {}", words_of(situation, row.operation))};
    if (operation.is_asking && !operation.is_kept && is_among(operation.verb, verbs_that_change) &&
        is_wanted(situation, operation.object))
      return Damage{row.operation, "terminated-mid-operation",
                    fmt::format("it had asked a manager for {} and had no answer: nobody can tell whether it "
                                "is done",
                                words_of(situation, row.operation))};
    return std::nullopt;
  }

  // Who has called and who has accepted are not told of each other. What joins them is the stream.
  static bool is_read(const Situation& situation, ObjectIndex connection) {
    const ObjectRow& row = situation.objects[connection];
    if (row.peer != none) return is_wanted(situation, row.peer);
    return row.stream_out != none &&
           std::ranges::any_of(situation.streams[row.stream_out].readers, [&](const Holder& each) {
             return each.descriptors > 0 && goes_on(situation, each.process);
           });
  }

  // It waits for room for the rest.
  static std::optional<Damage> half_written(const Situation& situation, const TaskRow& row) {
    const OperationIndex message = row.role == mp::Role::helper ? row.carries : row.operation;
    if (message == none || situation.operations[message].bytes_sent == 0) return std::nullopt;
    const OperationRow& operation = situation.operations[message];
    const bool is_for_queue = is_queue(operation.kind);
    if (!is_for_queue && operation.kind != ObjectKind::connection) return std::nullopt;
    if (!(is_for_queue ? is_wanted(situation, operation.object) : is_read(situation, operation.object)))
      return std::nullopt;
    return Damage{message, is_for_queue ? "queue-holder-killed" : "terminated-mid-operation",
                  fmt::format("it had written {} bytes of {} and not the rest", operation.bytes_sent,
                              words_of(situation, message))};
  }

  // The latest item that the task has got, if it is at work on it and nothing has come of that: it has not
  // come back for the next one, and no operation has ended by which others could learn of it.
  static std::optional<Damage> item_held(const Situation& situation, TaskIndex task) {
    if (situation.tasks[task].role != mp::Role::user) return std::nullopt;
    bool is_at_work = false;
    bool is_idle = false;  // as far as connections are concerned
    for (auto index = static_cast<OperationIndex>(situation.operations.size()); index-- > 0;) {
      const OperationRow& row = situation.operations[index];
      if (row.task != task) continue;
      if (row.verb == Verb::get && is_queue(row.kind))
        return is_at_work ? item_of(situation, index) : std::nullopt;
      if (row.verb == Verb::recv && row.succeeded) {
        const bool is_work = is_at_work && !is_idle && has_more_in_than_out(situation, task);
        return is_work ? item_of(situation, index) : std::nullopt;
      }
      if (row.verb == Verb::finish) return std::nullopt;
      is_at_work = true;
      is_idle = is_idle || is_idle_in(situation, index);
      if (is_among(row.verb, verbs_without_result)) continue;
      // In progress and not waiting, it may have had its effect.
      if (row.ended || row.bytes_sent > 0 || situation.tasks[task].wait == WaitKind::nothing)
        return std::nullopt;
    }
    return std::nullopt;
  }

  // None is for the one who gets it, and no work.
  static std::optional<Damage> item_of(const Situation& situation, OperationIndex taking) {
    const OperationRow& row = situation.operations[taking];
    if (!row.succeeded || row.number == 1) return std::nullopt;
    return Damage{taking, "daemon-work-lost",
                  fmt::format("it had got {} by {} and done nothing with it yet",
                              situation.result_of(row).empty() ? "an item" : situation.result_of(row),
                              words_of(situation, taking))};
  }

  // It waits until there is more for it to do, or asks whether there is: a permit may be the sign to go on,
  // and so may a value that it looks at again and again.
  static bool is_idle_in(const Situation& situation, OperationIndex index) {
    const OperationRow& row = situation.operations[index];
    if (row.verb == Verb::acquire) return row.kind == ObjectKind::semaphore && !row.ended;
    return is_among(row.verb, verbs_of_the_idle) ||
           (row.verb == Verb::load && is_asked_again(situation, index));
  }

  static bool is_asked_again(const Situation& situation, OperationIndex index) {
    const OperationRow& row = situation.operations[index];
    for (OperationIndex later = index + 1; later < situation.operations.size(); ++later) {
      const OperationRow& other = situation.operations[later];
      if (other.task == row.task && other.verb == row.verb && other.object == row.object &&
          other.part == row.part && other.where.line() == row.where.line())
        return true;
    }
    return false;
  }

  // A message may be the answer to one's own: of these a process has no more than it has sent.
  static bool has_more_in_than_out(const Situation& situation, TaskIndex task) {
    std::int64_t more_in = 0;
    for (const OperationRow& row : situation.operations) {
      if (!row.succeeded || situation.tasks[row.task].process != situation.tasks[task].process) continue;
      if (row.verb == Verb::recv || (row.verb == Verb::get && is_queue(row.kind))) ++more_in;
      if (row.verb == Verb::send || row.verb == Verb::put) --more_in;
    }
    return more_in > 0;
  }

  static void report(const Damage& damage, ProcessIndex process, OperationIndex striker,
                     const Situation& situation, Findings& findings) {
    const OperationRow& operation = situation.operations[damage.operation];
    findings.add({.rule = std::string(damage.rule),
                  .severity = damage.rule == "daemon-work-lost" ? Severity::warning : Severity::error,
                  .object = situation.name_of_object(operation.object),
                  .sentence = fmt::format("{} {}: {}", situation.name_of(process),
                                          end_in_words(situation, process), damage.words),
                  .parties = {party_of(situation, damage.operation), party_of(situation, striker)},
                  .object_index = operation.object});
  }
};

}  // namespace

std::unique_ptr<Oracle> make_cut_off() { return std::make_unique<CutOff>(); }

}  // namespace heddle
