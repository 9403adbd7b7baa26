// See the header. What is put or sent counts from the beginning of the call, for the other side may have it
// before the call ends; everything else counts from the end.
#include <fmt/format.h>

#include <algorithm>

#include <heddle/core/object_kinds.hpp>
#include <heddle/core/verb_set.hpp>
#include <heddle/story/object_state.hpp>

namespace heddle::story {
namespace {

using mp::ObjectKind;
using mp::Verb;

constexpr VerbSet that_give{Verb::put, Verb::send};
constexpr VerbSet that_take{Verb::get, Verb::recv};
constexpr VerbSet that_write{Verb::store, Verb::update};
constexpr ObjectKinds of_items = queue_kinds | ObjectKinds{ObjectKind::connection};
constexpr ObjectKinds of_holders{ObjectKind::lock, ObjectKind::semaphore};

std::string names_of(const Situation& situation, const std::vector<TaskIndex>& tasks) {
  std::vector<std::string> names;
  for (const TaskIndex task : tasks)
    if (std::string name = situation.name_of_task(task); names.empty() || names.back() != name)
      names.push_back(std::move(name));
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

void ObjectState::begin(const Situation& situation, OperationIndex index) {
  const OperationRow& operation = situation.operations[index];
  kind_ = operation.kind;
  if (operation.blocked) waiting_.push_back(operation.task);
  if (that_give.contains(operation.verb)) items_.push_back({index, situation.argument_of(operation)});
}

void ObjectState::end(const Situation& situation, OperationIndex index) {
  const OperationRow& operation = situation.operations[index];
  std::erase(waiting_, operation.task);
  const OperationIndex gone = operation.succeeded ? operation.source : index;
  if (that_take.contains(operation.verb) || !operation.succeeded)
    std::erase_if(items_, [&](const Item& item) { return item.put == gone; });
  if (!operation.succeeded) return;
  if (operation.verb == Verb::acquire) take(operation.task);
  if (operation.verb == Verb::release) give_up(operation.task);
  if (operation.verb == Verb::set && operation.kind == ObjectKind::event) value_ = "set";
  if (operation.verb == Verb::clear && operation.kind == ObjectKind::event) value_ = "clear";
  if (operation.verb == Verb::load) value_ = "read: " + situation.result_of(operation);
  if (that_write.contains(operation.verb)) value_ = "written: " + situation.argument_of(operation);
}

void ObjectState::take(TaskIndex task) { holders_.push_back(task); }

// Anybody may release a Lock or a Semaphore: who took it last is as good as any other.
void ObjectState::give_up(TaskIndex task) {
  const auto mine = std::ranges::find(holders_, task);
  if (mine != holders_.end())
    holders_.erase(mine);
  else if (!holders_.empty())
    holders_.pop_back();
}

bool ObjectState::is_held_by(TaskIndex task) const {
  return std::ranges::find(holders_, task) != holders_.end();
}

std::string ObjectState::words(const Situation& situation) const {
  std::vector<std::string> parts;
  if (of_holders.contains(kind_))
    parts.push_back(holders_.empty() ? "free" : "held by " + names_of(situation, holders_));
  if (of_items.contains(kind_)) {
    std::vector<std::string> words;
    for (const Item& item : items_) words.push_back(item.words);
    parts.push_back(fmt::format("[{}]", fmt::join(words, ", ")));
  }
  if (!value_.empty()) parts.push_back(value_);
  if (!waiting_.empty())
    parts.push_back(fmt::format("{} wait{}", names_of(situation, waiting_), waiting_.size() > 1 ? "" : "s"));
  return fmt::format("{}", fmt::join(parts, "; "));
}

}  // namespace heddle::story
