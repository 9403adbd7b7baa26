// See the header.
#include <algorithm>

#include <heddle/core/party.hpp>
#include <heddle/story/arrows.hpp>
#include <heddle/story/selection.hpp>
#include <heddle/story/states.hpp>
#include <heddle/story/story.hpp>

namespace heddle::story {
namespace {

Lane lane_of(const Situation& situation, TaskIndex task) {
  const TaskRow& row = situation.tasks[task];
  if (row.process == none) return {.process = row.name};
  const ProcessRow& process = situation.processes[row.process];
  return {.process = situation.name_of(row.process),
          .thread = process.main == task ? "" : row.name,
          .is_helper = row.role != mp::Role::user || process.role != mp::Role::user};
}

Operation operation_of(const Situation& situation, OperationIndex index, const Finding& finding) {
  const OperationRow& row = situation.operations[index];
  const Party as_party = party_of(situation, index);
  const bool has_ended = row.ended && row.step_end <= finding.step;
  return {.object = situation.name_of_object(row.object),
          .kind = row.object == none ? "" : std::string(heddle::name_of(row.kind)),
          .verb = std::string(heddle::name_of(row.verb)),
          .argument = situation.argument_of(row),
          .result = has_ended ? situation.result_of(row) : "",
          .words = as_party.operation,
          .begin = row.step_begin,
          .end = has_ended ? row.step_end : finding.step,
          .has_ended = has_ended,
          .has_succeeded = has_ended && row.succeeded,
          .has_waited = row.blocked,
          .party = party_in(situation, row, finding),
          .where = as_party.where};
}

/// A deviation shows at the first operation from its step on, of whom it lets run if there is one.
void mark_switches(Story& story, const Failure& failure) {
  for (std::size_t number = 1; number <= failure.essentials.size(); ++number) {
    const Essential& essential = failure.essentials[number - 1];
    const auto is_later = [&](const Operation& each) { return each.begin >= essential.step; };
    auto shown = std::ranges::find_if(story.operations, [&](const Operation& each) {
      return is_later(each) && name_of(story.lanes[each.lane]) == essential.who;
    });
    if (shown == story.operations.end()) shown = std::ranges::find_if(story.operations, is_later);
    if (shown != story.operations.end() && shown->switched == 0) shown->switched = number;
  }
}

}  // namespace

std::optional<Story> story_of(const Failure& failure, std::size_t operations_max) {
  if (!failure.history) return std::nullopt;
  const Situation& situation = *failure.history;
  const Selection selection = selection_of(situation, failure.finding, operations_max);
  Story made{.end = failure.finding.step, .left_out = selection.left_out};
  made.lanes.resize(selection.lanes.size());
  for (const auto& [task, lane] : selection.lanes) made.lanes[lane] = lane_of(situation, task);
  for (const OperationIndex index : selection.operations) {
    Operation operation = operation_of(situation, index, failure.finding);
    operation.lane = selection.lanes.at(situation.operations[index].task);
    made.operations.push_back(std::move(operation));
  }
  mark_switches(made, failure);
  made.arrows = arrows_of(situation, selection);
  States states = states_of(situation, selection, failure.finding.step);
  made.changes = std::move(states.changes);
  made.holds = std::move(states.holds);
  return made;
}

std::string name_of(const Lane& lane) {
  return lane.thread.empty() ? lane.process : lane.process + "/" + lane.thread;
}

}  // namespace heddle::story
