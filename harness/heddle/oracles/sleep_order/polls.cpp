// Open addressing with linear probing. No address enters the hash, only what is the same in every run.
#include <algorithm>
#include <string_view>

#include <heddle/oracles/sleep_order/polls.hpp>

namespace heddle::sleep_order {
namespace {

constexpr std::size_t slots_min = 64;

std::uint64_t mixed(std::uint64_t hash, std::uint64_t value) {
  hash = (hash ^ value) * 0x9E3779B97F4A7C15U;
  return hash ^ hash >> 32U;
}

template <class Row>
std::uint64_t hash_of(const Row& row) {
  std::uint64_t hash = mixed(row.task, row.object);
  hash = mixed(hash, row.part);
  hash = mixed(hash, static_cast<std::uint64_t>(row.verb));
  return mixed(mixed(hash, row.where.line()), row.where.column());
}

}  // namespace

void Polls::begin() {
  looks_.clear();
  std::ranges::fill(slots_, 0U);
  changes_.clear();
}

bool Polls::Look::is_of(const OperationRow& row) const {
  return task == row.task && object == row.object && part == row.part && verb == row.verb &&
         where.line() == row.where.line() && where.column() == row.where.column() &&
         std::string_view(where.file_name()) == row.where.file_name();
}

std::size_t Polls::slot_of(const OperationRow& row) const {
  std::size_t slot = hash_of(row) & (slots_.size() - 1);
  while (slots_[slot] != 0 && !looks_[slots_[slot] - 1].is_of(row)) slot = (slot + 1) & (slots_.size() - 1);
  return slot;
}

// At the most half of them are taken, so that what is sought is near and a free one ends every search.
void Polls::grow() {
  if (2 * (looks_.size() + 1) <= slots_.size()) return;
  slots_.assign(std::max(slots_min, 2 * slots_.size()), 0);
  for (std::size_t index = 0; index < looks_.size(); ++index) {
    std::size_t slot = hash_of(looks_[index]) & (slots_.size() - 1);
    while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = static_cast<std::uint32_t>(index + 1);
  }
}

std::uint64_t Polls::changes_by(const OperationRow& row) const {
  if (row.object >= changes_.size()) return 0;
  const std::vector<std::uint64_t>& made = changes_[row.object].of_tasks;
  return row.task < made.size() ? made[row.task] : 0;
}

void Polls::looked(const OperationRow& row) {
  grow();
  const std::size_t slot = slot_of(row);
  const std::uint64_t changes = changes_by(row);
  if (slots_[slot] == 0) {
    looks_.push_back({.task = row.task,
                      .object = row.object,
                      .part = row.part,
                      .verb = row.verb,
                      .where = row.where,
                      .changes = changes});
    slots_[slot] = static_cast<std::uint32_t>(looks_.size());
    return;
  }
  Look& known = looks_[slots_[slot] - 1];
  known.is_repeated = known.is_repeated || known.changes == changes;
  known.changes = changes;
}

void Polls::changed(const OperationRow& row) {
  if (row.object == none) return;
  while (changes_.size() <= row.object) changes_.add();
  std::vector<std::uint64_t>& made = changes_[row.object].of_tasks;
  if (made.size() <= row.task) made.resize(row.task + 1);
  ++made[row.task];
}

bool Polls::is_polled(const OperationRow& row) const {
  if (slots_.empty()) return false;
  const std::uint32_t found = slots_[slot_of(row)];
  return found != 0 && looks_[found - 1].is_repeated;
}

}  // namespace heddle::sleep_order
