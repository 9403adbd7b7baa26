// Rows come and go within an execution; an id is a row's place, and no row is used twice.
#include <heddle/worlds/sim/watches.hpp>

namespace heddle::sim {

void Watches::begin() {
  all_.clear();
  count_ = 0;
}

WatchId Watches::add(const Statement& statement, TaskIndex task, OperationIndex latest, std::uint64_t step) {
  const std::uint32_t index = all_.add();
  Watch& watch = all_[index];
  watch.name = statement.name;
  watch.where = statement.where;
  watch.holds = statement.holds;
  watch.of = statement.of;
  watch.task = task;
  watch.operation = latest;
  watch.step = step;
  if (watch.holds != nullptr) ++count_;
  return index + 1;
}

void Watches::let_go(Watch& watch) {
  if (watch.is_live && watch.holds != nullptr) --count_;
  watch.is_live = false;
}

void Watches::remove(WatchId watch) {
  if (watch > 0 && watch <= all_.size()) let_go(all_[watch - 1]);
}

void Watches::task_gone(TaskIndex task) {
  for (Watch& each : all_)
    if (each.task == task && each.holds != nullptr) let_go(each);
}

}  // namespace heddle::sim
