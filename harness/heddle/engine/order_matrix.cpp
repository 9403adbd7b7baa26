// For each operation: whatever another task has done with the object before it, in this execution.
#include <algorithm>
#include <bit>

#include <heddle/engine/order_matrix.hpp>

namespace heddle {
namespace {

constexpr std::uint64_t bit_of(std::size_t verb) { return std::uint64_t{1} << verb; }

constexpr bool has_a_life_only(mp::ObjectKind kind) {
  return kind == mp::ObjectKind::process || kind == mp::ObjectKind::thread;
}

}  // namespace

void OrderMatrix::take_in(const Situation& situation) {
  if (pasts_.size() < situation.objects.size()) pasts_.resize(situation.objects.size());
  for (std::size_t object = 0; object < situation.objects.size(); ++object) pasts_[object].verbs = 0;
  sole_ = no_task;
  for (const OperationRow& operation : situation.operations) note(operation, situation);
}

void OrderMatrix::note(const OperationRow& operation, const Situation& situation) {
  if (operation.object == none || has_a_life_only(operation.kind)) return;
  if (situation.tasks[operation.task].role != mp::Role::user) return;
  if (sole_ == no_task) sole_ = operation.task;
  if (sole_ != operation.task) had_several_ = true;
  Past& past = pasts_[operation.object];
  if (past.verbs != 0 && past.task != operation.task)
    if (Row* const row = row_of(operation.object, situation)) meet(operation, past, *row);
  remember(operation, past);
}

void OrderMatrix::meet(const OperationRow& operation, const Past& past, Row& row) {
  static_assert(static_cast<std::size_t>(mp::Verb::hand_in) < verbs_max);
  const auto own = static_cast<std::size_t>(operation.verb);
  for (Verbs rest = past.verbs; rest != 0; rest &= rest - 1) {
    const auto verb = static_cast<std::size_t>(std::countr_zero(rest));
    const bool is_earlier = past.earliest[verb] < operation.task;
    const bool is_later = past.latest[verb] > operation.task;
    if (verb != own) {
      if (is_earlier || is_later) row.before[verb] |= bit_of(own);
    } else {
      if (is_earlier) row.earlier_first |= bit_of(own);
      if (is_later) row.later_first |= bit_of(own);
    }
  }
}

void OrderMatrix::remember(const OperationRow& operation, Past& past) {
  const auto verb = static_cast<std::size_t>(operation.verb);
  if (past.verbs == 0) past.task = operation.task;
  if (past.task != operation.task) past.task = no_task;
  if ((past.verbs & bit_of(verb)) == 0) {
    past.verbs |= bit_of(verb);
    past.earliest[verb] = past.latest[verb] = operation.task;
  } else {
    past.earliest[verb] = std::min(past.earliest[verb], operation.task);
    past.latest[verb] = std::max(past.latest[verb], operation.task);
  }
}

// Mostly the object is what it was in the execution before.
OrderMatrix::Row* OrderMatrix::row_of(ObjectIndex object, const Situation& situation) {
  std::size_t& row = pasts_[object].row;
  const ThingId id = situation.objects[object].id;
  if (row != no_row && rows_[row].id == id) return &rows_[row];
  const auto found = std::ranges::find(rows_, id, &Row::id);
  if (found == rows_.end() && rows_.size() == objects_max) {
    is_full_ = true;
    return nullptr;
  }
  row = static_cast<std::size_t>(found - rows_.begin());
  if (found == rows_.end())
    rows_.push_back(
        {.id = id, .kind = situation.objects[object].kind, .name = situation.name_of_object(object)});
  return &rows_[row];
}

std::vector<ObjectOrders> OrderMatrix::orders() const {
  std::vector<ObjectOrders> orders;
  for (const Row& row : rows_) {
    ObjectOrders& object = orders.emplace_back(ObjectOrders{.object = row.name, .kind = row.kind});
    for (std::size_t one = 0; one < verbs_max; ++one)
      for (std::size_t other = one; other < verbs_max; ++other) {
        const PairOrders pair{
            .one = static_cast<mp::Verb>(one),
            .other = static_cast<mp::Verb>(other),
            .one_first = ((one == other ? row.earlier_first : row.before[one]) & bit_of(other)) != 0,
            .other_first = ((one == other ? row.later_first : row.before[other]) & bit_of(one)) != 0};
        if (pair.one_first || pair.other_first) object.pairs.push_back(pair);
      }
  }
  return orders;
}

}  // namespace heddle
