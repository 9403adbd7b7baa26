// What a Manager makes for waiting: locks, semaphores, Condition, Event, Barrier and queues.
#include <heddle/programs/objects/rows.hpp>
#include <mp/manager/manager.hpp>

namespace heddle::programs {
namespace {

mp::Manager& manager(Call& call) { return call.handle<mp::Manager>(); }

template <class L>
Payload acquire(Call& call) {
  return payload_of(call.handle<L>().acquire(call.flag(0, true), call.timeout(1), call.where));
}
template <class L>
Payload release(Call& call) {
  call.handle<L>().release(call.where);
  return none();
}

mp::ConditionProxy& condition(Call& call) { return call.handle<mp::ConditionProxy>(); }
Payload condition_wait(Call& call) { return payload_of(condition(call).wait(call.timeout(0), call.where)); }
Payload condition_wait_for(Call& call) {
  return payload_of(condition(call).wait_for(call.predicate(0), call.timeout(1), call.where));
}
Payload notify(Call& call) {
  condition(call).notify(call.small_integer(0, 1), call.where);
  return none();
}
Payload notify_all(Call& call) {
  condition(call).notify_all(call.where);
  return none();
}

mp::EventProxy& event(Call& call) { return call.handle<mp::EventProxy>(); }
Payload set(Call& call) {
  event(call).set(call.where);
  return none();
}
Payload clear(Call& call) {
  event(call).clear(call.where);
  return none();
}
Payload is_set(Call& call) { return payload_of(event(call).is_set(call.where)); }
Payload event_wait(Call& call) { return payload_of(event(call).wait(call.timeout(0), call.where)); }

mp::BarrierProxy& barrier(Call& call) { return call.handle<mp::BarrierProxy>(); }
Payload barrier_wait(Call& call) { return payload_of(barrier(call).wait(call.timeout(0), call.where)); }
Payload abort(Call& call) {
  barrier(call).abort(call.where);
  return none();
}
Payload reset(Call& call) {
  barrier(call).reset(call.where);
  return none();
}
Payload broken(Call& call) { return payload_of(barrier(call).broken(call.where)); }
Payload n_waiting(Call& call) { return payload_of(barrier(call).n_waiting(call.where)); }
Payload parties(Call& call) { return payload_of(barrier(call).parties(call.where)); }

using Queue = mp::QueueProxy<Payload>;
using JoinableQueue = mp::JoinableQueueProxy<Payload>;

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

Objects make_lock(Call& call) { return {hold(manager(call).Lock(call.name(), call.where))}; }
Objects make_rlock(Call& call) { return {hold(manager(call).RLock(call.name(), call.where))}; }
Objects make_semaphore(Call& call) {
  return {hold(manager(call).Semaphore(call.small_integer(0, 1), call.name(), call.where))};
}
Objects make_bounded_semaphore(Call& call) {
  return {hold(manager(call).BoundedSemaphore(call.small_integer(0, 1), call.name(), call.where))};
}
Objects make_condition(Call& call) { return {hold(manager(call).Condition(call.name(), call.where))}; }
Objects make_event(Call& call) { return {hold(manager(call).Event(call.name(), call.where))}; }
Objects make_barrier(Call& call) {
  return {hold(manager(call).Barrier(call.small_integer(0, 0), call.timeout(1), call.name(), call.where))};
}
Objects make_queue(Call& call) {
  return {hold(manager(call).Queue<Payload>(call.small_integer(0, 0), call.name(), call.where))};
}
Objects make_joinable_queue(Call& call) {
  return {hold(manager(call).JoinableQueue<Payload>(call.small_integer(0, 0), call.name(), call.where))};
}

constexpr Parameter value[] = {{"value", ParameterKind::integer, true}};
constexpr Parameter count[] = {{"n", ParameterKind::integer, true}};
constexpr Parameter predicate[] = {{"predicate", ParameterKind::predicate},
                                   {"timeout", ParameterKind::seconds, true}};
constexpr Parameter barrier_parameters[] = {{"parties", ParameterKind::integer},
                                            {"timeout", ParameterKind::seconds, true}};
constexpr Parameter maxsize[] = {{"maxsize", ParameterKind::integer, true}};
constexpr Parameter put_parameters[] = {
    {"obj"}, {"block", ParameterKind::flag, true}, {"timeout", ParameterKind::seconds, true}};
constexpr Parameter item[] = {{"obj"}};

template <class L>
constexpr OperationRow lock_rows[] = {
    {"acquire", Form::call, acquire_parameters, &acquire<L>},
    {"release", Form::call, {}, &release<L>},
};
constexpr OperationRow condition_rows[] = {
    {"acquire", Form::call, acquire_parameters, &acquire<mp::ConditionProxy>},
    {"release", Form::call, {}, &release<mp::ConditionProxy>},
    {"wait", Form::call, timeout_parameters, &condition_wait},
    {"wait_for", Form::call, predicate, &condition_wait_for},
    {"notify", Form::call, count, &notify},
    {"notify_all", Form::call, {}, &notify_all},
};
constexpr OperationRow event_rows[] = {
    {"set", Form::call, {}, &set},
    {"clear", Form::call, {}, &clear},
    {"is_set", Form::call, {}, &is_set},
    {"wait", Form::call, timeout_parameters, &event_wait},
};
constexpr OperationRow barrier_rows[] = {
    {"wait", Form::call, timeout_parameters, &barrier_wait},
    {"abort", Form::call, {}, &abort},
    {"reset", Form::call, {}, &reset},
    {"broken", Form::read, {}, &broken},
    {"n_waiting", Form::read, {}, &n_waiting},
    {"parties", Form::read, {}, &parties},
};
template <class Q>
constexpr OperationRow queue_rows[] = {
    {"put", Form::call, put_parameters, &put<Q>},
    {"put_nowait", Form::call, item, &put_nowait<Q>},
    {"get", Form::call, acquire_parameters, &get<Q>},
    {"get_nowait", Form::call, {}, &get_nowait<Q>},
    {"qsize", Form::call, {}, &qsize<Q>},
    {"empty", Form::call, {}, &empty<Q>},
    {"full", Form::call, {}, &full<Q>},
    {"task_done", Form::call, {}, &task_done<Q>},
    {"join", Form::call, {}, &join<Q>},
};

const KindRow lock_proxy{"LockProxy", lock_rows<mp::LockProxy>, &decode_handle<mp::LockProxy>};
const KindRow rlock_proxy{"RLockProxy", lock_rows<mp::RLockProxy>, &decode_handle<mp::RLockProxy>};
const KindRow semaphore_proxy{"SemaphoreProxy", lock_rows<mp::SemaphoreProxy>,
                              &decode_handle<mp::SemaphoreProxy>};
const KindRow bounded_semaphore_proxy{"BoundedSemaphoreProxy", lock_rows<mp::BoundedSemaphoreProxy>,
                                      &decode_handle<mp::BoundedSemaphoreProxy>};
const KindRow condition_proxy{"ConditionProxy", condition_rows, &decode_handle<mp::ConditionProxy>};
const KindRow event_proxy{"EventProxy", event_rows, &decode_handle<mp::EventProxy>};
const KindRow barrier_proxy{"BarrierProxy", barrier_rows, &decode_handle<mp::BarrierProxy>};
const KindRow queue_proxy{"QueueProxy", queue_rows<Queue>, &decode_handle<Queue>};
const KindRow joinable_queue_proxy{"JoinableQueueProxy", queue_rows<JoinableQueue>,
                                   &decode_handle<JoinableQueue>};

}  // namespace

const MakerRow managed_lock_maker{"Lock", "Manager", {}, &lock_proxy, 1, &make_lock};
const MakerRow managed_rlock_maker{"RLock", "Manager", {}, &rlock_proxy, 1, &make_rlock};
const MakerRow managed_semaphore_maker{"Semaphore", "Manager", value, &semaphore_proxy, 1, &make_semaphore};
const MakerRow managed_bounded_semaphore_maker{"BoundedSemaphore",       "Manager", value,
                                               &bounded_semaphore_proxy, 1,         &make_bounded_semaphore};
const MakerRow managed_condition_maker{"Condition", "Manager", {}, &condition_proxy, 1, &make_condition};
const MakerRow managed_event_maker{"Event", "Manager", {}, &event_proxy, 1, &make_event};
const MakerRow managed_barrier_maker{"Barrier",      "Manager", barrier_parameters,
                                     &barrier_proxy, 1,         &make_barrier};
const MakerRow managed_queue_maker{"Queue", "Manager", maxsize, &queue_proxy, 1, &make_queue};
const MakerRow managed_joinable_queue_maker{"JoinableQueue",       "Manager", maxsize,
                                            &joinable_queue_proxy, 1,         &make_joinable_queue};

}  // namespace heddle::programs
