// Each touch is compared with the others' that overlap it.
#include <fmt/format.h>
#include <algorithm>
#include <string>

#include <heddle/core/party.hpp>
#include <heddle/core/raw_access.hpp>
#include <heddle/oracles/race/storage.hpp>

namespace heddle::race {

StorageRaces::Object& StorageRaces::object_of(ObjectIndex object) {
  const auto found = std::ranges::find(objects_, object, &Object::object);
  if (found != objects_.end()) return *found;
  return objects_.emplace_back(Object{.object = object, .touches = {}});
}

void StorageRaces::remember(Object& object, const Touch& touch) {
  object.longest = std::max(object.longest, touch.end - touch.begin);
  auto at = std::ranges::lower_bound(object.touches, touch.begin, {}, &Touch::begin);
  for (; at != object.touches.end() && at->begin == touch.begin; ++at) {
    if (at->end != touch.end || at->task != touch.task || at->is_store != touch.is_store) continue;
    // A locked access does not make an earlier raw one as good as locked.
    if (at->is_raw != touch.is_raw) continue;
    *at = touch;
    return;
  }
  object.touches.insert(at, touch);
}

template <class Visit>
void StorageRaces::visit_overlapping(const Object& object, const Touch& touch, Visit visit) {
  const std::uint64_t first = touch.begin > object.longest ? touch.begin - object.longest : 0;
  auto at = std::ranges::lower_bound(object.touches, first, {}, &Touch::begin);
  for (; at != object.touches.end() && at->begin < touch.end; ++at)
    if (at->end > touch.begin) visit(*at);
}

namespace {

std::string name_of_doer(const Situation& situation, OperationIndex operation) {
  return situation.name_of_task(situation.operations[operation].task);
}

Finding unordered(const Situation& situation, ObjectIndex object, OperationIndex first,
                  OperationIndex second) {
  const std::string name = situation.name_of_object(object);
  return {.rule = "shared-memory-race",
          .harm = Harm::predicted,
          .object = name,
          .sentence = fmt::format("{} and {} both touch {} without a lock, one of them stores, and nothing "
                                  "orders the two",
                                  name_of_doer(situation, first), name_of_doer(situation, second), name),
          .parties = {party_of(situation, first), party_of(situation, second)},
          .object_index = object};
}

Finding stale_store(const Situation& situation, ObjectIndex object, OperationIndex read, OperationIndex other,
                    OperationIndex store) {
  const std::string name = situation.name_of_object(object);
  const std::string who = name_of_doer(situation, store);
  const std::string whose = name_of_doer(situation, other);
  return {.rule = "shared-memory-race",
          .harm = Harm::seen,
          .object = name,
          .sentence = fmt::format("{} read {} and wrote it back after {} had written it in between: {}'s "
                                  "update is lost",
                                  who, name, whose, whose),
          .parties = {party_of(situation, read), party_of(situation, other), party_of(situation, store)},
          .object_index = object};
}

// Had the task of this operation acquired the lock before it, and not released it?
bool holds_lock(const Situation& situation, OperationIndex operation, ObjectIndex lock) {
  for (OperationIndex index = operation; index-- > 0;) {
    const OperationRow& row = situation.operations[index];
    if (row.task != situation.operations[operation].task || row.object != lock || !row.succeeded) continue;
    if (row.verb == mp::Verb::acquire) return true;
    if (row.verb == mp::Verb::release) return row.number > 0;  // levels left
  }
  return false;
}

// One goes through the lock of the data, the other past it but with the lock in hand.
bool excludes(const Situation& situation, OperationIndex locked, OperationIndex raw) {
  return holds_lock(situation, raw, situation.operations[locked].related);
}

}  // namespace

bool StorageRaces::are_in_conflict(const Situation& situation, const Touch& one, const Touch& other) {
  if (!one.is_store && !other.is_store) return false;
  if (one.is_raw && other.is_raw) return true;
  if (!one.is_raw && !other.is_raw) return false;
  return !(one.is_raw ? excludes(situation, other.operation, one.operation)
                      : excludes(situation, one.operation, other.operation));
}

void StorageRaces::observe(const Event& event, const Situation& situation, Findings& findings) {
  const Clock& known = situation.clock.of(event.task);
  const Touch touch{.begin = event.part,
                    .end = event.part + static_cast<std::uint64_t>(std::max<std::int64_t>(event.number, 1)),
                    .task = event.task,
                    .operation = event.operation,
                    .when = situation.clock.now(event.task),
                    .sequence = ++sequence_,
                    .is_store = event.access != mp::Access::load,
                    .is_raw = is_raw_access(situation, event)};
  Object& object = object_of(event.object);
  const Touch* own_load = nullptr;     // the task's latest
  const Touch* own_store = nullptr;    // likewise
  const Touch* other_store = nullptr;  // the latest that nothing orders before this touch
  visit_overlapping(object, touch, [&](const Touch& other) {
    if (other.task == touch.task) {
      const Touch*& latest = other.is_store ? own_store : own_load;
      if (latest == nullptr || other.sequence > latest->sequence) latest = &other;
      return;
    }
    if (known.knows(other.when) || !are_in_conflict(situation, touch, other)) return;
    findings.add(unordered(situation, event.object, other.operation, touch.operation));
    if (other.is_store && (other_store == nullptr || other.sequence > other_store->sequence))
      other_store = &other;
  });
  const bool from_read =
      own_load != nullptr && (own_store == nullptr || own_store->sequence < own_load->sequence);
  if (touch.is_store && from_read && other_store != nullptr && other_store->sequence > own_load->sequence)
    findings.add(
        stale_store(situation, event.object, own_load->operation, other_store->operation, touch.operation));
  remember(object, touch);
}

}  // namespace heddle::race
