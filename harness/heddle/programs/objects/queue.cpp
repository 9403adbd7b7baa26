// Queue and JoinableQueue.
#include <heddle/programs/objects/rows.hpp>
#include <mp/queue/joinable_queue.hpp>
#include <mp/queue/queue.hpp>

namespace heddle::programs {
namespace {

using Queue = mp::Queue<Payload>;
using JoinableQueue = mp::JoinableQueue<Payload>;

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
Payload close(Call& call) {
  call.handle<Q>().close(call.where);
  return none();
}
template <class Q>
Payload join_thread(Call& call) {
  call.handle<Q>().join_thread(call.where);
  return none();
}
template <class Q>
Payload cancel_join_thread(Call& call) {
  call.handle<Q>().cancel_join_thread();
  return none();
}
Payload task_done(Call& call) {
  call.handle<JoinableQueue>().task_done(call.where);
  return none();
}
Payload join(Call& call) {
  call.handle<JoinableQueue>().join(call.where);
  return none();
}

template <class Q>
Objects make(Call& call) {
  return {hold(Q(call.small_integer(0, 0), {.name = call.name()}, call.where))};
}

constexpr Parameter maxsize[] = {{"maxsize", ParameterKind::integer, true}};
constexpr Parameter put_parameters[] = {
    {"obj"}, {"block", ParameterKind::flag, true}, {"timeout", ParameterKind::seconds, true}};
constexpr Parameter item[] = {{"obj"}};

template <class Q>
constexpr OperationRow queue_rows[] = {
    {"put", Form::call, put_parameters, &put<Q>},
    {"put_nowait", Form::call, item, &put_nowait<Q>},
    {"get", Form::call, acquire_parameters, &get<Q>},
    {"get_nowait", Form::call, {}, &get_nowait<Q>},
    {"qsize", Form::call, {}, &qsize<Q>},
    {"empty", Form::call, {}, &empty<Q>},
    {"full", Form::call, {}, &full<Q>},
    {"close", Form::call, {}, &close<Q>},
    {"join_thread", Form::call, {}, &join_thread<Q>},
    {"cancel_join_thread", Form::call, {}, &cancel_join_thread<Q>},
    // Of a JoinableQueue only: they stand last, and a Queue's table is cut before them.
    {"task_done", Form::call, {}, &task_done},
    {"join", Form::call, {}, &join},
};
constexpr std::size_t joinable_only = 2;

}  // namespace

const KindRow queue_kind{"Queue",
                         std::span(queue_rows<Queue>).first(std::size(queue_rows<Queue>) - joinable_only),
                         &decode_handle<Queue>};
const KindRow joinable_queue_kind{"JoinableQueue", queue_rows<JoinableQueue>, &decode_handle<JoinableQueue>};
const MakerRow queue_maker{"Queue", "", maxsize, &queue_kind, 1, &make<Queue>};
const MakerRow joinable_queue_maker{"JoinableQueue",      "", maxsize,
                                    &joinable_queue_kind, 1,  &make<JoinableQueue>};

}  // namespace heddle::programs
