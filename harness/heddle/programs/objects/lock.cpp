// Lock, RLock, Semaphore, BoundedSemaphore and Condition: whatever can be acquired.
#include <heddle/programs/objects/waiting.hpp>
#include <mp/sync/bounded_semaphore.hpp>
#include <mp/sync/condition.hpp>
#include <mp/sync/lock.hpp>
#include <mp/sync/semaphore.hpp>

namespace heddle::programs {
namespace {

template <class S>
Payload get_value(Call& call) {
  return payload_of(call.handle<S>().get_value(call.where));
}

template <class L>
Objects make_lock(Call& call) {
  return {hold(L({.name = call.name()}, call.where))};
}
template <class S>
Objects make_semaphore(Call& call) {
  return {hold(S(call.small_integer(0, 1), {.name = call.name()}, call.where))};
}
Objects make_condition(Call& call) {
  const mp::NameOption name{.name = call.name()};
  if (auto* lock = call.handle_at<mp::Lock>(0)) return {hold(mp::Condition(*lock, name, call.where))};
  if (auto* lock = call.handle_at<mp::RLock>(0)) return {hold(mp::Condition(*lock, name, call.where))};
  return {hold(mp::Condition(name, call.where))};
}

constexpr std::string_view locks[] = {"Lock", "RLock"};
constexpr Parameter lock[] = {{"lock", ParameterKind::object, true, locks}};

template <class S>
constexpr OperationRow semaphore_rows[] = {
    {"acquire", Form::call, acquire_parameters, &waiting::acquire<S>},
    {"release", Form::call, {}, &waiting::release<S>},
    {"get_value", Form::call, {}, &get_value<S>},
};

}  // namespace

const KindRow lock_kind{"Lock", waiting::lock_rows<mp::Lock>, &decode_handle<mp::Lock>};
const KindRow rlock_kind{"RLock", waiting::lock_rows<mp::RLock>, &decode_handle<mp::RLock>};
const KindRow semaphore_kind{"Semaphore", semaphore_rows<mp::Semaphore>, &decode_handle<mp::Semaphore>};
const KindRow bounded_semaphore_kind{"BoundedSemaphore", semaphore_rows<mp::BoundedSemaphore>,
                                     &decode_handle<mp::BoundedSemaphore>};
const KindRow condition_kind{"Condition", waiting::condition_rows<mp::Condition>,
                             &decode_handle<mp::Condition>};
const MakerRow lock_maker{"Lock", "", {}, &lock_kind, 1, &make_lock<mp::Lock>};
const MakerRow rlock_maker{"RLock", "", {}, &rlock_kind, 1, &make_lock<mp::RLock>};
const MakerRow semaphore_maker{"Semaphore",     "", waiting::value_parameters,
                               &semaphore_kind, 1,  &make_semaphore<mp::Semaphore>};
const MakerRow bounded_semaphore_maker{"BoundedSemaphore",      "", waiting::value_parameters,
                                       &bounded_semaphore_kind, 1,  &make_semaphore<mp::BoundedSemaphore>};
const MakerRow condition_maker{"Condition", "", lock, &condition_kind, 1, &make_condition};

}  // namespace heddle::programs
