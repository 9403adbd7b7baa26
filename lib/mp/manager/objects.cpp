// Counting.
#include <mp/manager/objects.hpp>

#include <utility>

namespace mp::manager {

std::uint64_t Objects::add(std::unique_ptr<Object> body, ObjectId object) {
  const std::uint64_t number = next_++;
  auto owned = std::make_unique<Entry>();
  owned->number = number;
  owned->object = object;
  owned->body = std::move(body);
  const std::shared_ptr<Entry> entry(owned.release(), [this](Entry* last) { forget(last); });
  entries_.emplace(number, entry);
  take(*entry);
  return number;
}

Objects::~Objects() {
  std::vector<std::unique_ptr<Object>> bodies;
  for (const auto& [number, entry] : entries_) bodies.push_back(std::move(entry.lock()->body));
}

// Only noted: what it holds would otherwise be destroyed inside it, to any depth.
void Objects::forget(Entry* entry) {
  entries_.erase(entry->number);
  dead_.emplace_back(entry);
}

void Objects::bury() {
  while (!dead_.empty()) {
    const std::unique_ptr<Entry> last = std::move(dead_.back());
    dead_.pop_back();
  }
}

std::shared_ptr<Entry> Objects::find(std::uint64_t number) const {
  const auto found = entries_.find(number);
  return found == entries_.end() ? nullptr : found->second.lock();
}

void Objects::take(Entry& entry) {
  if (entry.references++ == 0) kept_.emplace(entry.number, find(entry.number));
}

void Objects::drop(Entry& entry) {
  if (entry.references == 0) return;
  if (--entry.references == 0) kept_.erase(entry.number);
}

Hold Objects::hold(std::shared_ptr<Entry> entry) const {
  Claim claim(os_, entry->object);
  return {std::move(entry), std::move(claim)};
}

std::uint64_t Objects::issue_ticket(const std::shared_ptr<Entry>& entry) {
  const std::uint64_t ticket = next_ticket_++;
  tickets_.emplace(ticket, hold(entry));
  return ticket;
}

void Objects::claim(std::uint64_t ticket, Entry& entry) {
  take(entry);
  const auto found = tickets_.find(ticket);
  if (found != tickets_.end() && found->second.entry.get() == &entry) tickets_.erase(found);
}

Stored Objects::store(Value value) {
  Stored stored{.bytes = std::move(value.bytes), .words = std::move(value.words)};
  for (const std::uint64_t number : value.references) {
    std::shared_ptr<Entry> entry = find(number);
    if (entry == nullptr) throw DecodeError("a value refers to an object that is not there");
    stored.holds.push_back(hold(std::move(entry)));
  }
  return stored;
}

Value Objects::grant(const Stored& stored) {
  Value value{.bytes = stored.bytes};
  for (const Hold& each : stored.holds) {
    take(*each.entry);
    value.references.push_back(each.entry->number);
  }
  return value;
}

Stored Objects::take_back(Value value) {
  const std::vector<std::uint64_t> references = value.references;
  Stored stored = store(std::move(value));
  for (const std::uint64_t number : references) drop(*find(number));
  return stored;
}

}  // namespace mp::manager
