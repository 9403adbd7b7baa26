// See the header.
#include <xxhash.h>

#include <heddle/core/random.hpp>
#include <heddle/engine/handoffs.hpp>

namespace heddle {
namespace {

std::uint64_t mixed(std::uint64_t one, std::uint64_t other) { return Random(one, other).next(); }

std::uint64_t hash_of(std::string_view text) { return XXH3_64bits(text.data(), text.size()); }

}  // namespace

void Handoffs::count(const Situation& situation, std::span<std::uint8_t> counters) {
  if (counters.empty()) return;
  latest_.assign(situation.objects.size(), none);
  task_paths_.clear();
  for (TaskIndex task = 0; task < situation.tasks.size(); ++task) {
    const TaskRow& row = situation.tasks[task];  // parents stand before their children
    const std::uint64_t parent = row.parent == no_task ? 0 : task_paths_[row.parent];
    task_paths_.push_back(mixed(parent ^ hash_of(row.name), row.ordinal));
  }
  for (OperationIndex index = 0; index < situation.operations.size(); ++index) {
    const OperationRow& operation = situation.operations[index];
    if (operation.object == none) continue;
    OperationIndex& latest = latest_[operation.object];
    if (latest != none && situation.operations[latest].task != operation.task) {
      const OperationRow& before = situation.operations[latest];
      const std::uint64_t verbs =
          static_cast<std::uint64_t>(before.verb) << 8U | static_cast<std::uint64_t>(operation.verb);
      const std::uint64_t tasks = mixed(task_paths_[before.task], task_paths_[operation.task]);
      const std::uint64_t feature = mixed(situation.objects[operation.object].id ^ tasks, verbs);
      std::uint8_t& counter = counters[feature % counters.size()];
      if (counter != UINT8_MAX) ++counter;
    }
    latest = index;
  }
}

}  // namespace heddle
