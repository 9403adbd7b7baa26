// Lock, RLock, Semaphore, BoundedSemaphore and Condition: whatever can be acquired.
#include <heddle/programs/objects/rows.hpp>
#include <mp/sync/bounded_semaphore.hpp>
#include <mp/sync/condition.hpp>
#include <mp/sync/lock.hpp>
#include <mp/sync/semaphore.hpp>

namespace heddle::programs {
namespace {

template <class L>
Payload acquire(Call& call) {
  return payload_of(call.handle<L>().acquire(call.flag(0, true), call.timeout(1), call.where));
}
template <class L>
Payload release(Call& call) {
  call.handle<L>().release(call.where);
  return none();
}
template <class S>
Payload get_value(Call& call) {
  return payload_of(call.handle<S>().get_value(call.where));
}

Payload wait(Call& call) {
  return payload_of(call.handle<mp::Condition>().wait(call.timeout(0), call.where));
}
Payload wait_for(Call& call) {
  return payload_of(call.handle<mp::Condition>().wait_for(call.predicate(0), call.timeout(1), call.where));
}
Payload notify(Call& call) {
  call.handle<mp::Condition>().notify(call.small_integer(0, 1), call.where);
  return none();
}
Payload notify_all(Call& call) {
  call.handle<mp::Condition>().notify_all(call.where);
  return none();
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

constexpr Parameter value[] = {{"value", ParameterKind::integer, true}};
constexpr std::string_view locks[] = {"Lock", "RLock"};
constexpr Parameter lock[] = {{"lock", ParameterKind::object, true, locks}};
constexpr Parameter count[] = {{"n", ParameterKind::integer, true}};
constexpr Parameter predicate[] = {{"predicate", ParameterKind::predicate},
                                   {"timeout", ParameterKind::seconds, true}};

template <class L>
constexpr OperationRow lock_rows[] = {
    {"acquire", Form::call, acquire_parameters, &acquire<L>},
    {"release", Form::call, {}, &release<L>},
};
template <class S>
constexpr OperationRow semaphore_rows[] = {
    {"acquire", Form::call, acquire_parameters, &acquire<S>},
    {"release", Form::call, {}, &release<S>},
    {"get_value", Form::call, {}, &get_value<S>},
};
constexpr OperationRow condition_rows[] = {
    {"acquire", Form::call, acquire_parameters, &acquire<mp::Condition>},
    {"release", Form::call, {}, &release<mp::Condition>},
    {"wait", Form::call, timeout_parameters, &wait},
    {"wait_for", Form::call, predicate, &wait_for},
    {"notify", Form::call, count, &notify},
    {"notify_all", Form::call, {}, &notify_all},
};

}  // namespace

const KindRow lock_kind{"Lock", lock_rows<mp::Lock>, &decode_handle<mp::Lock>};
const KindRow rlock_kind{"RLock", lock_rows<mp::RLock>, &decode_handle<mp::RLock>};
const KindRow semaphore_kind{"Semaphore", semaphore_rows<mp::Semaphore>, &decode_handle<mp::Semaphore>};
const KindRow bounded_semaphore_kind{"BoundedSemaphore", semaphore_rows<mp::BoundedSemaphore>,
                                     &decode_handle<mp::BoundedSemaphore>};
const KindRow condition_kind{"Condition", condition_rows, &decode_handle<mp::Condition>};
const MakerRow lock_maker{"Lock", "", {}, &lock_kind, 1, &make_lock<mp::Lock>};
const MakerRow rlock_maker{"RLock", "", {}, &rlock_kind, 1, &make_lock<mp::RLock>};
const MakerRow semaphore_maker{"Semaphore", "", value, &semaphore_kind, 1, &make_semaphore<mp::Semaphore>};
const MakerRow bounded_semaphore_maker{"BoundedSemaphore",      "", value,
                                       &bounded_semaphore_kind, 1,  &make_semaphore<mp::BoundedSemaphore>};
const MakerRow condition_maker{"Condition", "", lock, &condition_kind, 1, &make_condition};

}  // namespace heddle::programs
