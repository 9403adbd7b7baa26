// The operations that an object for waiting has wherever it lives, in shared memory or in a manager: locks,
// Condition, Event, Barrier and queues. Each is a template over the handle's type.
#pragma once

#include <array>

#include <heddle/programs/objects/rows.hpp>

namespace heddle::programs::waiting {

template <class L>
Payload acquire(Call& call) {
  return payload_of(call.handle<L>().acquire(call.flag(0, true), call.timeout(1), call.where));
}
template <class L>
Payload release(Call& call) {
  call.handle<L>().release(call.where);
  return none();
}

template <class H>
Payload wait(Call& call) {
  return payload_of(call.handle<H>().wait(call.timeout(0), call.where));
}
template <class C>
Payload wait_for(Call& call) {
  return payload_of(call.handle<C>().wait_for(call.predicate(0), call.timeout(1), call.where));
}
template <class C>
Payload notify(Call& call) {
  call.handle<C>().notify(call.small_integer(0, 1), call.where);
  return none();
}
template <class C>
Payload notify_all(Call& call) {
  call.handle<C>().notify_all(call.where);
  return none();
}

template <class E>
Payload set(Call& call) {
  call.handle<E>().set(call.where);
  return none();
}
template <class E>
Payload clear(Call& call) {
  call.handle<E>().clear(call.where);
  return none();
}
template <class E>
Payload is_set(Call& call) {
  return payload_of(call.handle<E>().is_set(call.where));
}

template <class B>
Payload abort(Call& call) {
  call.handle<B>().abort(call.where);
  return none();
}
template <class B>
Payload reset(Call& call) {
  call.handle<B>().reset(call.where);
  return none();
}
template <class B>
Payload broken(Call& call) {
  return payload_of(call.handle<B>().broken(call.where));
}
template <class B>
Payload n_waiting(Call& call) {
  return payload_of(call.handle<B>().n_waiting(call.where));
}

template <class Q>
Payload put(Call& call) {
  call.handle<Q>().put(call.payload(0), call.flag(1, true), call.timeout(2), call.where);
  return none();
}
template <class Q>
Payload put_nowait(Call& call) {
  call.handle<Q>().put_nowait(call.payload(0), call.where);
  return none();
}
template <class Q>
Payload get(Call& call) {
  return call.handle<Q>().get(call.flag(0, true), call.timeout(1), call.where);
}
template <class Q>
Payload get_nowait(Call& call) {
  return call.handle<Q>().get_nowait(call.where);
}
template <class Q>
Payload qsize(Call& call) {
  return payload_of(call.handle<Q>().qsize(call.where));
}
template <class Q>
Payload empty(Call& call) {
  return payload_of(call.handle<Q>().empty(call.where));
}
template <class Q>
Payload full(Call& call) {
  return payload_of(call.handle<Q>().full(call.where));
}
template <class Q>
Payload task_done(Call& call) {
  call.handle<Q>().task_done(call.where);
  return none();
}
template <class Q>
Payload join(Call& call) {
  call.handle<Q>().join(call.where);
  return none();
}

inline constexpr Parameter value_parameters[] = {{"value", ParameterKind::integer, true}};
inline constexpr Parameter count_parameters[] = {{"n", ParameterKind::integer, true}};
inline constexpr Parameter predicate_parameters[] = {{"predicate", ParameterKind::predicate},
                                                     {"timeout", ParameterKind::seconds, true}};
inline constexpr Parameter maxsize_parameters[] = {{"maxsize", ParameterKind::integer, true}};
inline constexpr Parameter put_parameters[] = {
    {"obj"}, {"block", ParameterKind::flag, true}, {"timeout", ParameterKind::seconds, true}};
inline constexpr Parameter obj_parameters[] = {{"obj"}};

template <class L>
inline constexpr OperationRow lock_rows[] = {
    {"acquire", Form::call, acquire_parameters, &acquire<L>},
    {"release", Form::call, {}, &release<L>},
};
template <class C>
inline constexpr OperationRow condition_rows[] = {
    {"acquire", Form::call, acquire_parameters, &acquire<C>},
    {"release", Form::call, {}, &release<C>},
    {"wait", Form::call, timeout_parameters, &wait<C>},
    {"wait_for", Form::call, predicate_parameters, &wait_for<C>},
    {"notify", Form::call, count_parameters, &notify<C>},
    {"notify_all", Form::call, {}, &notify_all<C>},
};
template <class E>
inline constexpr OperationRow event_rows[] = {
    {"set", Form::call, {}, &set<E>},
    {"clear", Form::call, {}, &clear<E>},
    {"is_set", Form::call, {}, &is_set<E>},
    {"wait", Form::call, timeout_parameters, &wait<E>},
};
/// A Barrier's action makes waiting at it something of its own, and how many it waits for is no question to a
/// server but to the handle.
template <class B>
constexpr std::array<OperationRow, 6> barrier_rows(Payload (*wait_at)(Call&), Payload (*parties_of)(Call&)) {
  return {{{"wait", Form::call, timeout_parameters, wait_at},
           {"abort", Form::call, {}, &abort<B>},
           {"reset", Form::call, {}, &reset<B>},
           {"broken", Form::read, {}, &broken<B>},
           {"n_waiting", Form::read, {}, &n_waiting<B>},
           {"parties", Form::read, {}, parties_of}}};
}

}  // namespace heddle::programs::waiting
