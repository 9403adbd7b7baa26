// Two who send to each other and would have to receive first: each has filled the buffer that the other
// reads.
#include <fmt/format.h>

#include <heddle/core/party.hpp>
#include <heddle/oracles/wait_for/naming.hpp>
#include <heddle/oracles/wait_for/waiting.hpp>

namespace heddle {
namespace {

using mp::ObjectKind;
using mp::Verb;

/// The end that the task sends on and whose buffer is full; none: it does something else.
ObjectIndex end_filled(const Situation& situation, TaskIndex task) {
  const OperationRow* const row = operation_of(situation, task);
  const bool sends = row != nullptr && row->verb == Verb::send && row->kind == ObjectKind::connection;
  return sends && situation.tasks[task].wait == WaitKind::writable ? row->object : none;
}

/// Has the task a handle of the end that receives what is sent on this one?
bool is_receiver(const Situation& situation, TaskIndex task, ObjectIndex sending) {
  const ObjectIndex peer = situation.objects[sending].peer;
  return peer != none && situation.holds(peer, situation.tasks[task].process);
}

int messages_left(const Situation& situation, ObjectIndex sending) {
  int messages = 0;
  for (const OperationRow& row : situation.operations) {
    if (!row.succeeded) continue;
    if (row.object == sending && row.verb == Verb::send) ++messages;
    if (row.object == situation.objects[sending].peer && row.verb == Verb::recv) --messages;
  }
  return messages;
}

std::string send_in_words(const Situation& situation, TaskIndex task) {
  const int left = messages_left(situation, end_filled(situation, task));
  return fmt::format("{} in {} ({} message{} sent before {} not received)", situation.name_of_task(task),
                     words_of(situation, situation.tasks[task].operation), left, left == 1 ? "" : "s",
                     left == 1 ? "is" : "are");
}

}  // namespace

std::optional<Finding> both_sending(const Situation& situation, HopelessSet set) {
  for (const TaskIndex one : set) {
    const ObjectIndex from_one = end_filled(situation, one);
    if (from_one == none) continue;
    for (const TaskIndex other : set) {
      const ObjectIndex from_other = end_filled(situation, other);
      if (other <= one || from_other == none || from_other == from_one) continue;
      if (!is_receiver(situation, one, from_other) || !is_receiver(situation, other, from_one)) continue;
      Finding finding = finding_of_set(situation, "pipe-both-sending", from_one, set);
      finding.sentence = fmt::format("both ends send and nobody receives, with full buffers: {}; {}",
                                     send_in_words(situation, one), send_in_words(situation, other));
      return finding;
    }
  }
  return std::nullopt;
}

}  // namespace heddle
