// What get_lock() of a Value or an Array gives, and what may be given to them as a lock.
#include <heddle/programs/objects/elements.hpp>
#include <heddle/programs/objects/rows.hpp>
#include <mp/sync/lock.hpp>

namespace heddle::programs {
namespace {

Payload acquire(Call& call) {
  return payload_of(call.handle<mp::DataLock>().acquire(call.flag(0, true), call.timeout(1), call.where));
}
Payload release(Call& call) {
  call.handle<mp::DataLock>().release(call.where);
  return none();
}

constexpr OperationRow rows[] = {
    {"acquire", Form::call, acquire_parameters, &acquire},
    {"release", Form::call, {}, &release},
};

}  // namespace

mp::LockOption lock_option(const Call& call, std::size_t i) {
  if (auto* lock = call.handle_at<mp::Lock>(i)) return *lock;
  if (auto* lock = call.handle_at<mp::RLock>(i)) return *lock;
  if (auto* lock = call.handle_at<mp::DataLock>(i)) return *lock;
  if (!call.has(i) || is_none(call.payload(i)) || call.payload(i) == payload_of(true)) return {};
  throw AttributeError(literal(call.payload(i)) + " has no acquire()");
}

mp::DataLock& demand_lock(mp::DataLock* lock) {
  if (lock == nullptr) throw AttributeError("made with lock=False, so it has no lock");
  return *lock;
}

const KindRow data_lock_kind{"DataLock", rows, &decode_handle<mp::DataLock>};

}  // namespace heddle::programs
