// Two who send to each other and would have to receive first: each has filled the buffer that the other
// reads.
#include <fmt/format.h>
#include <algorithm>
#include <string>

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

/// Has the task's process the end that receives what this sender sends? Of a connection by Client and
/// Listener the ends are not told of each other, and only the kernel knows who could read the stream.
bool is_receiver(const Situation& situation, TaskIndex task, TaskIndex sender) {
  const ProcessIndex process = situation.tasks[task].process;
  const ObjectIndex peer = situation.objects[end_filled(situation, sender)].peer;
  if (peer != none) return situation.holds(peer, process);
  const std::uint32_t stream = situation.tasks[sender].wait_target;
  return stream != none && std::ranges::any_of(situation.streams[stream].readers, [&](const Holder& each) {
           return each.process == process && each.descriptors > 0;
         });
}

bool receives_from(const Situation& situation, const OperationRow& row, ObjectIndex sending) {
  if (row.verb != Verb::recv || row.kind != ObjectKind::connection) return false;
  const ObjectRow& end = situation.objects[sending];
  if (end.peer != none) return row.object == end.peer;
  return situation.objects[row.object].stream_in == end.stream_out && end.stream_out != none;
}

int messages_left(const Situation& situation, ObjectIndex sending) {
  int messages = 0;
  for (const OperationRow& row : situation.operations) {
    if (!row.succeeded) continue;
    if (row.object == sending && row.verb == Verb::send) ++messages;
    if (receives_from(situation, row, sending)) --messages;
  }
  return messages;
}

std::string send_in_words(const Situation& situation, TaskIndex task) {
  const int left = messages_left(situation, end_filled(situation, task));
  std::string words = fmt::format("{} in {}", situation.name_of_task(task),
                                  words_of(situation, situation.tasks[task].operation));
  if (left > 0)
    words += fmt::format(" ({} message{} sent before {} not received)", left, left == 1 ? "" : "s",
                         left == 1 ? "is" : "are");
  return words;
}

}  // namespace

std::optional<Finding> both_sending(const Situation& situation, HopelessSet set) {
  for (const TaskIndex one : set) {
    const ObjectIndex from_one = end_filled(situation, one);
    if (from_one == none) continue;
    for (const TaskIndex other : set) {
      const ObjectIndex from_other = end_filled(situation, other);
      if (other <= one || from_other == none || from_other == from_one) continue;
      if (!is_receiver(situation, one, other) || !is_receiver(situation, other, one)) continue;
      Finding finding = finding_of_set(situation, "pipe-both-sending", from_one, set);
      finding.sentence = fmt::format("both ends send and nobody receives, with full buffers: {}; {}",
                                     send_in_words(situation, one), send_in_words(situation, other));
      return finding;
    }
  }
  return std::nullopt;
}

}  // namespace heddle
