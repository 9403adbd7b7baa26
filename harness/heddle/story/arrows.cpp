// See the header. An operation that takes something in says itself whose bytes they were; whoever waited for
// a state went on after the last operation of somebody else's that brings that state about.
#include <algorithm>

#include <heddle/story/arrows.hpp>

namespace heddle::story {
namespace {

using mp::ObjectKind;
using mp::Verb;

/// What the last of these, before an operation of the second kind ends, was for it.
struct Promise {
  std::string_view why;
  std::vector<Verb> earlier;
  std::vector<Verb> later;
  std::vector<ObjectKind> kinds;  // empty: of any
};

const std::vector<Promise>& promises() {
  static const std::vector<Promise> all{
      {"release", {Verb::release}, {Verb::acquire}, {}},
      {"wake", {Verb::notify, Verb::notify_all}, {Verb::wait}, {ObjectKind::condition}},
      {"wake", {Verb::set}, {Verb::wait}, {ObjectKind::event}},
      {"wake", {Verb::wait}, {Verb::wait}, {ObjectKind::barrier}},
      {"done", {Verb::task_done}, {Verb::join}, {ObjectKind::joinable_queue}},
  };
  return all;
}

class Maker {
 public:
  Maker(const Situation& situation, const Selection& selection)
      : situation_(situation), selection_(selection) {}

  std::vector<Arrow> make() {
    for (const OperationIndex index : selection_.operations) {
      const OperationRow& operation = situation_.operations[index];
      if (operation.verb == Verb::start) add_birth(index);
      if (!operation.ended) continue;
      if (operation.source != none) add_carried(operation.source, index);
      if (operation.succeeded) add_promised(index);
      if (operation.verb == Verb::join) add_end(index);
    }
    return std::move(arrows_);
  }

 private:
  const OperationRow& row(OperationIndex index) const { return situation_.operations[index]; }

  void add(std::string_view why, OperationIndex from, OperationIndex to) {
    const auto one = selection_.indexes.find(from);
    const auto other = selection_.indexes.find(to);
    if (one == selection_.indexes.end() || other == selection_.indexes.end()) return;
    if (row(from).task != row(to).task) arrows_.push_back({why, one->second, other->second});
  }

  void add_carried(OperationIndex from, OperationIndex to) {
    const bool is_item = row(to).verb == Verb::get || row(to).verb == Verb::take;
    add(is_item ? "item" : "message", from, to);
  }

  void add_promised(OperationIndex to) {
    const OperationRow& later = row(to);
    for (const Promise& promise : promises()) {
      if (std::ranges::find(promise.later, later.verb) == promise.later.end()) continue;
      if (!promise.kinds.empty() && std::ranges::find(promise.kinds, later.kind) == promise.kinds.end())
        continue;
      if (const OperationIndex from = last_before(to, promise.earlier); from != none)
        add(promise.why, from, to);
    }
  }

  /// The last one on the same object, by anybody, that began before this one ended.
  OperationIndex last_before(OperationIndex to, const std::vector<Verb>& verbs) const {
    OperationIndex last = none;
    for (const OperationIndex index : selection_.operations) {
      const OperationRow& operation = row(index);
      if (operation.step_begin >= row(to).step_end) break;
      if (index != to && operation.object == row(to).object &&
          std::ranges::find(verbs, operation.verb) != verbs.end())
        last = index;
    }
    return last;
  }

  TaskIndex task_of(ObjectIndex object) const {
    for (TaskIndex task = 0; task < situation_.tasks.size(); ++task) {
      const TaskRow& each = situation_.tasks[task];
      const bool is_main = each.process != none && situation_.processes[each.process].main == task;
      if (each.object == object && object != none) return task;
      if (is_main && object != none && situation_.processes[each.process].object == object) return task;
    }
    return no_task;
  }

  void add_birth(OperationIndex from) {
    const TaskIndex child = task_of(row(from).object);
    const auto first = std::ranges::find(selection_.operations, child,
                                         [&](OperationIndex index) { return row(index).task; });
    if (child != no_task && first != selection_.operations.end()) add("start", from, *first);
  }

  void add_end(OperationIndex to) {
    const TaskIndex child = task_of(row(to).object);
    if (child == no_task) return;
    OperationIndex last = none;
    for (const OperationIndex index : selection_.operations)
      if (row(index).task == child && row(index).step_begin < row(to).step_end) last = index;
    if (last != none) add("exit", last, to);
  }

  const Situation& situation_;
  const Selection& selection_;
  std::vector<Arrow> arrows_;
};

}  // namespace

std::vector<Arrow> arrows_of(const Situation& situation, const Selection& selection) {
  return Maker(situation, selection).make();
}

}  // namespace heddle::story
