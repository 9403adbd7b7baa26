// A value's two operations. The access is told in the same step as it happens, between the lock's.
#include <mp/shared/value.hpp>

namespace mp::detail {

namespace {

void tell(Os& os, const Operation& operation, const ValueAccess& value, Access access, const void* bytes,
          Location where) {
  const std::string words = operation.wants_text() ? value.describe(bytes) : std::string();
  os.annotate({.kind = Annotation::Kind::accessed,
               .object_kind = ObjectKind::value,
               .access = access,
               .object = value.object,
               .text = words,
               .where = where});
}

}  // namespace

void ValueAccess::load(std::span<std::byte> into, Location where) const {
  Os& here = os();
  Operation operation(here, Verb::load, ObjectKind::value, object, where, lock.object());
  lock.acquire(here, true, std::nullopt, where);
  here.load_cell(cell, into);
  tell(here, operation, *this, Access::load, into.data(), where);
  lock.release(here, where);
  operation.succeed_with([&] { return describe(into.data()); });
}

void ValueAccess::store(std::span<const std::byte> bytes, Location where) const {
  Os& here = os();
  Operation operation(here, Verb::store, ObjectKind::value, object, where, lock.object());
  operation.argument([&] { return describe(bytes.data()); });
  lock.acquire(here, true, std::nullopt, where);
  here.store_cell(cell, bytes);
  tell(here, operation, *this, Access::store, bytes.data(), where);
  lock.release(here, where);
  operation.succeed();
}

RLock make_value_lock(std::string_view value_name, Location where) {
  const std::string name = value_name.empty() ? std::string() : std::string(value_name) + ".lock";
  return RLock({name}, where);
}

}  // namespace mp::detail
