// One look of each kind, found by comparing.
#include <algorithm>
#include <string_view>

#include <heddle/oracles/sleep_order/polls.hpp>

namespace heddle::sleep_order {

bool Polls::Look::is_of(const OperationRow& row) const {
  return task == row.task && object == row.object && part == row.part && verb == row.verb &&
         where.line() == row.where.line() && where.column() == row.where.column() &&
         std::string_view(where.file_name()) == row.where.file_name();
}

void Polls::looked(const OperationRow& row) {
  const auto known = std::ranges::find_if(looks_, [&](const Look& each) { return each.is_of(row); });
  if (known == looks_.end()) {
    looks_.push_back(
        {.task = row.task, .object = row.object, .part = row.part, .verb = row.verb, .where = row.where});
    return;
  }
  known->is_repeated = known->is_repeated || known->is_fresh;
  known->is_fresh = true;
}

void Polls::changed(const OperationRow& row) {
  for (Look& each : looks_)
    if (each.task == row.task && each.object == row.object) each.is_fresh = false;
}

bool Polls::is_polled(const OperationRow& row) const {
  return std::ranges::any_of(looks_, [&](const Look& each) { return each.is_repeated && each.is_of(row); });
}

}  // namespace heddle::sleep_order
