// See the header. The operations of the program's own tasks are gone through by their beginnings and ends;
// after each the object's state is put into words, and kept where they have changed.
#include <map>
#include <string>
#include <utility>

#include <heddle/story/object_state.hpp>
#include <heddle/story/states.hpp>

namespace heddle::story {
namespace {

using mp::ObjectKind;
using mp::Verb;

class Replay {
 public:
  Replay(const Situation& situation, const Selection& selection, std::uint64_t end)
      : situation_(situation), selection_(selection), end_(end) {}

  States make() {
    for (const auto& [moment, index] : moments()) {
      const OperationRow& operation = situation_.operations[index];
      apply(operation, index, moment);
    }
    for (const auto& [key, at] : open_) made_.holds[at].end = end_;
    return std::move(made_);
  }

 private:
  enum class Phase : std::uint8_t { ended, begun };  // at one step, what ends comes first
  using Moment = std::pair<std::uint64_t, Phase>;

  std::multimap<Moment, OperationIndex> moments() const {
    std::multimap<Moment, OperationIndex> all;
    for (OperationIndex index = 0; index < situation_.operations.size(); ++index) {
      const OperationRow& operation = situation_.operations[index];
      if (operation.object == none || !is_of_user(situation_, operation) || operation.step_begin > end_)
        continue;
      all.emplace(Moment{operation.step_begin, Phase::begun}, index);
      if (operation.ended && operation.step_end <= end_)
        all.emplace(Moment{operation.step_end, Phase::ended}, index);
    }
    return all;
  }

  /// What is sent is told of the end that will receive it.
  ObjectIndex subject_of(const OperationRow& operation) const {
    const ObjectRow& object = situation_.objects[operation.object];
    return operation.verb == Verb::send && object.peer != none ? object.peer : operation.object;
  }

  static bool gives_lock_up(const OperationRow& operation) {
    return operation.verb == Verb::wait && operation.kind == ObjectKind::condition &&
           operation.related != none;
  }

  /// A Condition's wait gives its lock up while it lasts.
  void apply(const OperationRow& operation, OperationIndex index, const Moment& moment) {
    const bool is_beginning = moment.second == Phase::begun;
    const ObjectIndex object = subject_of(operation);
    if (is_beginning)
      states_[object].begin(situation_, index);
    else
      states_[object].end(situation_, index);
    tell(object, operation.task, moment.first);
    if (!gives_lock_up(operation)) return;
    if (is_beginning)
      states_[operation.related].give_up(operation.task);
    else
      states_[operation.related].take(operation.task);
    tell(operation.related, operation.task, moment.first);
  }

  void tell(ObjectIndex object, TaskIndex task, std::uint64_t step) {
    std::string words = states_[object].words(situation_);
    if (std::string& told = told_[object]; told != words) {
      told = words;
      made_.changes.push_back({step, situation_.name_of_object(object), std::move(words)});
    }
    if (situation_.objects[object].kind == ObjectKind::lock) tell_hold(object, task, step);
  }

  void tell_hold(ObjectIndex lock, TaskIndex task, std::uint64_t step) {
    const auto lane = selection_.lanes.find(task);
    if (lane == selection_.lanes.end()) return;
    const auto key = std::pair(lock, task);
    const auto open = open_.find(key);
    const bool is_held = states_[lock].is_held_by(task);
    if (is_held && open == open_.end()) {
      open_[key] = made_.holds.size();
      made_.holds.push_back({.lock = situation_.name_of_object(lock), .lane = lane->second, .begin = step});
    } else if (!is_held && open != open_.end()) {
      made_.holds[open->second].end = step;
      made_.holds[open->second].has_ended = true;
      open_.erase(open);
    }
  }

  const Situation& situation_;
  const Selection& selection_;
  const std::uint64_t end_;
  std::map<ObjectIndex, ObjectState> states_;
  std::map<ObjectIndex, std::string> told_;
  std::map<std::pair<ObjectIndex, TaskIndex>, std::size_t> open_;  // where in made_.holds
  States made_;
};

}  // namespace

States states_of(const Situation& situation, const Selection& selection, std::uint64_t end) {
  return Replay(situation, selection, end).make();
}

}  // namespace heddle::story
