// One poll of all, told as a poll of the first connection among them.
#include <mp/channel/wait.hpp>

#include <algorithm>

#include <mp/errors.hpp>
#include <mp/os/uninterrupted.hpp>
#include <mp/shared/os_failure.hpp>

namespace mp {

namespace {

ObjectId first_connection(std::span<const Waitable> objects) {
  for (const Waitable& each : objects)
    if (each.object() != ObjectId::none) return each.object();
  return ObjectId::none;
}

std::vector<PollItem> items_of(std::span<const Waitable> objects) {
  std::vector<PollItem> items;
  items.reserve(objects.size());
  for (const Waitable& each : objects) items.push_back({.fd = each.fileno()});
  return items;
}

bool has_duplicates(std::span<const Waitable> objects) {
  std::vector<Descriptor> fds;
  fds.reserve(objects.size());
  for (const Waitable& each : objects) fds.push_back(each.fileno());
  std::ranges::sort(fds);
  return std::ranges::adjacent_find(fds) != fds.end();
}

}  // namespace

Waitable::Waitable(Descriptor fd) : fd_(fd) {
  if (fd < 0) throw ValueError("a descriptor to wait for is negative");
}

std::vector<Waitable> wait(std::span<const Waitable> objects, Timeout timeout, Location where) {
  Os& here = os();
  Operation operation(here, Verb::poll, ObjectKind::connection, first_connection(objects), where);
  if (has_duplicates(objects)) throw ValueError("an object to wait for is given twice");
  std::vector<PollItem> items = items_of(objects);
  const Instant deadline = deadline_after(here, timeout);
  const Result<int> count = uninterrupted([&] { return here.poll(items, deadline); });
  if (!count && count.error().value != ETIMEDOUT) throw_os_error(count.error(), "cannot wait");
  std::vector<Waitable> ready;
  if (!count) return ready;
  for (std::size_t i = 0; i < items.size(); ++i)
    if (items[i].ready) ready.push_back(objects[i]);
  operation.succeed(static_cast<std::int64_t>(ready.size()));
  return ready;
}

std::vector<Waitable> wait(std::initializer_list<Waitable> objects, Timeout timeout, Location where) {
  return wait(std::span(objects.begin(), objects.size()), timeout, where);
}

}  // namespace mp
