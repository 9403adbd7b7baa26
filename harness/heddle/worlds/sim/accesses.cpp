// A table of things by address, emptied by counting executions.
#include <bit>

#include <heddle/worlds/sim/accesses.hpp>

namespace heddle::sim {
namespace {

constexpr std::uint64_t mix(std::uint64_t one, std::uint64_t other) {
  std::uint64_t mixed = (one ^ std::rotl(other, 29)) * 0x9e3779b97f4a7c15u;
  mixed ^= mixed >> 32;
  return mixed * 0xd6e8feb86659fd93u;
}

// The same for what only adds up to a number of the execution, which is asked for at every access: both
// halves of a product.
std::uint64_t fold(std::uint64_t one, std::uint64_t other) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(one ^ 0x9e3779b97f4a7c15u) * (other ^ 0xd6e8feb86659fd93u);
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

}  // namespace

void Accesses::begin(bool are_steps_kept) {
  ++execution_;
  rows_used_ = 0;
  tasks_.clear();
  memories_.clear();
  order_ = 0;
  are_steps_kept_ = are_steps_kept;
  steps_.rows.clear();
  steps_.accesses.clear();
}

void Accesses::add_task(TaskIndex task, TaskIndex parent, const Arena& arena) {
  if (tasks_.size() <= task) tasks_.resize(task + 1);
  TaskRow& row = tasks_[task];
  row = {};
  row.label = parent == no_task ? 1 : mix(tasks_[parent].label, ++tasks_[parent].children);
  row.past = row.label;
  row.arena = &arena;
}

ThingId Accesses::make_id(TaskIndex maker) {
  TaskRow& row = tasks_[maker];
  return mix(~row.label, ++row.made) | 1;
}

Accesses::Row& Accesses::find_row(const void* thing) {
  if (2 * (rows_used_ + 1) > rows_.size()) grow();
  for (std::size_t slot = slot_of(thing) & mask_;; slot = (slot + 1) & mask_) {
    Row& row = rows_[slot];
    if (row.execution == execution_ && row.thing == thing) return row;
    if (row.execution == execution_) continue;
    ++rows_used_;
    row = {.thing = thing, .execution = execution_};
    return row;
  }
}

void Accesses::grow() {
  std::vector<Row> old(2 * rows_.size());
  old.swap(rows_);
  mask_ = rows_.size() - 1;
  for (const Row& each : old) {
    if (each.execution != execution_) continue;
    std::size_t slot = slot_of(each.thing) & mask_;
    while (rows_[slot].execution == execution_) slot = (slot + 1) & mask_;
    rows_[slot] = each;
  }
}

// Memory that nobody named is a process's own: a block of its arena, or on a stack, whose address is the same
// wherever the execution began alike. Ids are compared for equality only.
ThingId Accesses::find_id(TaskIndex asker, const void* thing) const {
  const auto* const address = static_cast<const std::byte*>(thing);
  for (const Memory& each : memories_) {
    const std::ptrdiff_t place = address - each.bytes.data();
    if (place >= 0 && static_cast<std::size_t>(place) < each.bytes.size())
      return mix(each.id, static_cast<std::uint64_t>(place)) | 1;
  }
  const Arena* const arena = tasks_[asker].arena;
  if (const ArenaBlock* const block = arena->find(thing); block != nullptr) {
    const std::ptrdiff_t place = address - reinterpret_cast<const std::byte*>(block + 1);
    return mix(reinterpret_cast<std::uintptr_t>(arena) + block->ordinal, static_cast<std::uint64_t>(place)) |
           1;
  }
  return mix(1, reinterpret_cast<std::uintptr_t>(thing)) | 1;
}

ThingId Accesses::id_of(TaskIndex asker, const void* thing) {
  Row& row = row_of(thing);
  if (row.id == no_thing) row.id = find_id(asker, thing);
  return row.id;
}

void Accesses::touch(TaskIndex task, const void* thing, AccessKind kind) {
  Row& row = row_of(thing);
  if (conflict(kind, row.kind)) {
    row.before = fold(row.before, row.together);
    row.together = 0;
    row.kind = kind;
  }
  const std::uint64_t past = fold(tasks_[task].past, row.before + static_cast<std::uint64_t>(kind));
  tasks_[task].past = past;
  row.together += past;
  order_ += past;
  if (are_steps_kept_) keep(task, row, kind);
}

void Accesses::keep(TaskIndex task, Row& row, AccessKind kind) {
  if (row.id == no_thing) row.id = find_id(task, row.thing);
  steps_.accesses.push_back({.thing = row.id, .kind = kind});
  steps_.rows.back().accesses_end = static_cast<std::uint32_t>(steps_.accesses.size());
}

void Accesses::answered(TaskIndex task, std::uint64_t answer) {
  std::uint64_t& past = tasks_[task].past;
  past = mix(past, ~answer);
  order_ += past;
}

void Accesses::ended(TaskIndex ender, TaskIndex ended) {
  tasks_[ender].past = mix(tasks_[ender].past, tasks_[ended].past);
}

// Whoever ends the process ends what its tasks do: each step of theirs learns that it has not been ended.
void Accesses::step(TaskIndex task, ThingId process) {
  TaskRow& row = tasks_[task];
  steps_.accesses.push_back({.thing = process, .kind = AccessKind::read});
  steps_.rows.push_back({.task = task,
                         .accesses_end = static_cast<std::uint32_t>(steps_.accesses.size()),
                         .enabled_by = row.enabled_by,
                         .is_after_all = row.is_after_all});
  row.enabled_by = no_step;
  row.is_after_all = false;
}

}  // namespace heddle::sim
