// What a Manager makes for waiting: locks, semaphores, Condition, Event, Barrier and queues.
#include <heddle/programs/objects/waiting.hpp>
#include <mp/manager/manager.hpp>

namespace heddle::programs {
namespace {

mp::Manager& manager(Call& call) { return call.handle<mp::Manager>(); }

Payload parties(Call& call) { return payload_of(call.handle<mp::BarrierProxy>().parties(call.where)); }

using Queue = mp::QueueProxy<Payload>;
using JoinableQueue = mp::JoinableQueueProxy<Payload>;

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

constexpr Parameter barrier_parameters[] = {{"parties", ParameterKind::integer},
                                            {"timeout", ParameterKind::seconds, true}};

constexpr auto barrier_rows =
    waiting::barrier_rows<mp::BarrierProxy>(&waiting::wait<mp::BarrierProxy>, &parties);
template <class Q>
constexpr OperationRow queue_rows[] = {
    {"put", Form::call, waiting::put_parameters, &waiting::put<Q>},
    {"put_nowait", Form::call, waiting::obj_parameters, &waiting::put_nowait<Q>},
    {"get", Form::call, acquire_parameters, &waiting::get<Q>},
    {"get_nowait", Form::call, {}, &waiting::get_nowait<Q>},
    {"qsize", Form::call, {}, &waiting::qsize<Q>},
    {"empty", Form::call, {}, &waiting::empty<Q>},
    {"full", Form::call, {}, &waiting::full<Q>},
    {"task_done", Form::call, {}, &waiting::task_done<Q>},
    {"join", Form::call, {}, &waiting::join<Q>},
};

const KindRow lock_proxy{"LockProxy", waiting::lock_rows<mp::LockProxy>, &decode_handle<mp::LockProxy>};
const KindRow rlock_proxy{"RLockProxy", waiting::lock_rows<mp::RLockProxy>, &decode_handle<mp::RLockProxy>};
const KindRow semaphore_proxy{"SemaphoreProxy", waiting::lock_rows<mp::SemaphoreProxy>,
                              &decode_handle<mp::SemaphoreProxy>};
const KindRow bounded_semaphore_proxy{"BoundedSemaphoreProxy", waiting::lock_rows<mp::BoundedSemaphoreProxy>,
                                      &decode_handle<mp::BoundedSemaphoreProxy>};
const KindRow condition_proxy{"ConditionProxy", waiting::condition_rows<mp::ConditionProxy>,
                              &decode_handle<mp::ConditionProxy>};
const KindRow event_proxy{"EventProxy", waiting::event_rows<mp::EventProxy>, &decode_handle<mp::EventProxy>};
const KindRow barrier_proxy{"BarrierProxy", barrier_rows, &decode_handle<mp::BarrierProxy>};
const KindRow queue_proxy{"QueueProxy", queue_rows<Queue>, &decode_handle<Queue>};
const KindRow joinable_queue_proxy{"JoinableQueueProxy", queue_rows<JoinableQueue>,
                                   &decode_handle<JoinableQueue>};

}  // namespace

const MakerRow managed_lock_maker{"Lock", "Manager", {}, &lock_proxy, 1, &make_lock};
const MakerRow managed_rlock_maker{"RLock", "Manager", {}, &rlock_proxy, 1, &make_rlock};
const MakerRow managed_semaphore_maker{"Semaphore",      "Manager", waiting::value_parameters,
                                       &semaphore_proxy, 1,         &make_semaphore};
const MakerRow managed_bounded_semaphore_maker{"BoundedSemaphore",       "Manager", waiting::value_parameters,
                                               &bounded_semaphore_proxy, 1,         &make_bounded_semaphore};
const MakerRow managed_condition_maker{"Condition", "Manager", {}, &condition_proxy, 1, &make_condition};
const MakerRow managed_event_maker{"Event", "Manager", {}, &event_proxy, 1, &make_event};
const MakerRow managed_barrier_maker{"Barrier",      "Manager", barrier_parameters,
                                     &barrier_proxy, 1,         &make_barrier};
const MakerRow managed_queue_maker{"Queue",      "Manager", waiting::maxsize_parameters,
                                   &queue_proxy, 1,         &make_queue};
const MakerRow managed_joinable_queue_maker{"JoinableQueue",       "Manager", waiting::maxsize_parameters,
                                            &joinable_queue_proxy, 1,         &make_joinable_queue};

}  // namespace heddle::programs
