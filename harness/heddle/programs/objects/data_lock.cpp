// The locks of Values and Arrays: what is done to them through the data, what get_lock() gives, and what may
// be given to them as a lock.
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

Data& data(Call& call) { return call.object<Data>(); }

mp::DataLock& demand_lock(Data& data) {
  if (data.lock() == nullptr) throw AttributeError("made with lock=False, so it has no lock");
  return *data.lock();
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

Payload acquire_data(Call& call) {
  return payload_of(demand_lock(data(call)).acquire(call.flag(0, true), call.timeout(1), call.where));
}
Payload release_data(Call& call) {
  demand_lock(data(call)).release(call.where);
  return none();
}
Objects get_lock_of_data(Call& call) { return {hold(mp::DataLock(demand_lock(data(call)).core()))}; }
Objects get_obj_of_data(Call& call) {
  demand_lock(data(call));
  return {data(call).get_obj()};
}

const KindRow data_lock_kind{"DataLock", rows, &decode_handle<mp::DataLock>};

}  // namespace heddle::programs
