// Which task touched what, in which order: the happens-before of an execution as one number, and the steps
// for strategies that look at them.
//
// The number is equal for executions that differ in the order of independent steps only (Mazurkiewicz 1977).
// Each access is hashed from its task's past and from the accesses to the same thing that it must not change
// places with; those between which order makes no difference enter the next as a sum. No address enters.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <heddle/core/access.hpp>
#include <heddle/core/arena.hpp>

namespace heddle::sim {

class Accesses {
 public:
  Accesses() : rows_(256) {}
  void begin(bool are_steps_kept);
  /// What it makes for itself is in this arena.
  void add_task(TaskIndex task, TaskIndex parent, const Arena& arena);
  /// An id that depends on who asks and how often it did before.
  ThingId make_id(TaskIndex maker);
  /// This address stands for a thing made by the task.
  void name(const void* thing, ThingId id) { row_of(thing).id = id; }
  /// Things in this memory have ids by their place in it.
  void name_memory(std::span<const std::byte> memory, ThingId id) { memories_.push_back({memory, id}); }

  void touch(TaskIndex task, const void* thing, AccessKind kind);
  /// What a choice of the task's own was answered.
  void answered(TaskIndex task, std::uint64_t answer);
  /// One task ends another.
  void ended(TaskIndex ender, TaskIndex ended);
  /// What the present step does makes a task able to run; or time does, when nobody could.
  void enabled(TaskIndex task) { tasks_[task].enabled_by = static_cast<StepIndex>(steps_.rows.size()) - 1; }
  void enabled_by_time(TaskIndex task) { tasks_[task].is_after_all = true; }
  bool are_steps_kept() const { return are_steps_kept_; }
  /// The task gets the turn. Asked only while steps are kept.
  void step(TaskIndex task, ThingId process);
  ThingId id_of(TaskIndex asker, const void* thing);
  ThingId label(TaskIndex task) const { return tasks_[task].label; }

  std::uint64_t order() const { return order_; }
  const Steps& steps() const { return steps_; }

 private:
  struct TaskRow {
    ThingId label = 0;  // a hash of the spawn path
    const Arena* arena = nullptr;
    std::uint64_t past = 0;
    std::uint32_t children = 0;
    std::uint32_t made = 0;
    StepIndex enabled_by = no_step;  // since its last step
    bool is_after_all = false;
  };
  struct Row {
    const void* thing = nullptr;
    std::uint32_t execution = 0;  // of which the rest is; otherwise the row is free
    AccessKind kind{};            // of the accesses in `together`
    ThingId id = no_thing;
    std::uint64_t before = 0;
    std::uint64_t together = 0;
  };
  struct Memory {
    std::span<const std::byte> bytes;
    ThingId id;
  };
  static std::size_t slot_of(const void* thing) {
    return static_cast<std::size_t>((reinterpret_cast<std::uintptr_t>(thing) * 0x9e3779b97f4a7c15u) >> 20);
  }
  Row& row_of(const void* thing) {
    Row& row = rows_[slot_of(thing) & mask_];
    return row.execution == execution_ && row.thing == thing ? row : find_row(thing);
  }
  Row& find_row(const void* thing);
  void grow();
  void keep(TaskIndex task, Row& row, AccessKind kind);
  ThingId find_id(TaskIndex asker, const void* thing) const;

  std::vector<TaskRow> tasks_;
  std::vector<Row> rows_;  // open addressing; a power of two of them
  std::size_t mask_ = rows_.size() - 1;
  std::size_t rows_used_ = 0;
  std::uint32_t execution_ = 0;
  std::vector<Memory> memories_;
  std::uint64_t order_ = 0;
  bool are_steps_kept_ = false;
  Steps steps_;
};

}  // namespace heddle::sim
