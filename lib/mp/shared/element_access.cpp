// Loading and storing: adjacent elements are one cell, others one each.
#include <mp/shared/element_access.hpp>

#include <mp/errors.hpp>

namespace mp::detail {

namespace {

// A robust lock whose holder died is the caller's now: nothing is touched, and the lock is not kept.
void take(Os& os, const LockCore* lock, Location where) {
  if (lock == nullptr) return;
  try {
    lock->acquire(os, true, std::nullopt, where);
  } catch (const OwnerDied&) {
    lock->release(os, where);
    throw;
  }
}

}  // namespace

template <class Move>
void ElementAccess::touch_all(Os& os, const Operation& operation, Access access, const void* elements,
                              Location where, Move move) const {
  const std::int64_t step = range.count > 1 ? range.step : 1;  // of a single element it may be any
  const bool in_one = step == 1;
  const std::size_t cells = in_one ? (range.count > 0 ? 1 : 0) : range.count;
  const std::size_t cell_bytes = in_one ? range.count * range.element_bytes : range.element_bytes;
  const std::int64_t stride = step * static_cast<std::int64_t>(range.element_bytes);
  for (std::size_t i = 0; i < cells; ++i)
    move(range.first + stride * static_cast<std::int64_t>(i), i * range.element_bytes, cell_bytes);
  const bool has_words = range.count == 1 && operation.wants_text();
  const std::string words = has_words ? describe(elements, 1) : std::string();
  // Shared memory has no elements: an access is told by its first byte and their number.
  const std::int64_t bytes =
      kind == ObjectKind::shared_memory ? static_cast<std::int64_t>(range.element_bytes) : 0;
  for (std::size_t i = 0; i < range.count; ++i)
    os.annotate({.kind = Annotation::Kind::accessed,
                 .object_kind = kind,
                 .access = access,
                 .object = object,
                 .number = bytes,
                 .part = range.part + static_cast<std::uint64_t>(step * static_cast<std::int64_t>(i)),
                 .text = words,
                 .where = where});
}

void ElementAccess::load(std::span<std::byte> elements, Location where) const {
  Os& here = os();
  Operation operation(here, Verb::load, kind, object, where,
                      lock != nullptr ? lock->object() : ObjectId::none);
  operation.argument([&] { return position; });
  take(here, lock, where);
  touch_all(here, operation, Access::load, elements.data(), where,
            [&](const std::byte* cell, std::size_t at, std::size_t bytes) {
              here.load_cell(cell, elements.subspan(at, bytes));
            });
  if (lock != nullptr) lock->release(here, where);
  operation.succeed_with([&] { return describe(elements.data(), range.count); });
}

void ElementAccess::store(std::span<const std::byte> elements, Location where) const {
  Os& here = os();
  Operation operation(here, Verb::store, kind, object, where,
                      lock != nullptr ? lock->object() : ObjectId::none);
  operation.argument([&] {
    const std::string words = describe(elements.data(), range.count);
    return position.empty() ? words : position + ", " + words;
  });
  take(here, lock, where);
  touch_all(here, operation, Access::store, elements.data(), where,
            [&](std::byte* cell, std::size_t at, std::size_t bytes) {
              here.store_cell(cell, elements.subspan(at, bytes));
            });
  if (lock != nullptr) lock->release(here, where);
  operation.succeed();
}

}  // namespace mp::detail
