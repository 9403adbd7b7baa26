// Queue and JoinableQueue.
#include <heddle/programs/objects/waiting.hpp>
#include <mp/queue/joinable_queue.hpp>
#include <mp/queue/queue.hpp>

namespace heddle::programs {
namespace {

using Queue = mp::Queue<Payload>;
using JoinableQueue = mp::JoinableQueue<Payload>;

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
template <class Q>
Objects make(Call& call) {
  return {hold(Q(call.small_integer(0, 0), {.name = call.name()}, call.where))};
}

template <class Q>
constexpr OperationRow queue_rows[] = {
    {"put", Form::call, waiting::put_parameters, &waiting::put<Q>},
    {"put_nowait", Form::call, waiting::obj_parameters, &waiting::put_nowait<Q>},
    {"get", Form::call, acquire_parameters, &waiting::get<Q>},
    {"get_nowait", Form::call, {}, &waiting::get_nowait<Q>},
    {"qsize", Form::call, {}, &waiting::qsize<Q>},
    {"empty", Form::call, {}, &waiting::empty<Q>},
    {"full", Form::call, {}, &waiting::full<Q>},
    {"close", Form::call, {}, &close<Q>},
    {"join_thread", Form::call, {}, &join_thread<Q>},
    {"cancel_join_thread", Form::call, {}, &cancel_join_thread<Q>},
    // Of a JoinableQueue only: they stand last, and a Queue's table is cut before them.
    {"task_done", Form::call, {}, &waiting::task_done<JoinableQueue>},
    {"join", Form::call, {}, &waiting::join<JoinableQueue>},
};
constexpr std::size_t joinable_only = 2;

}  // namespace

const KindRow queue_kind{"Queue",
                         std::span(queue_rows<Queue>).first(std::size(queue_rows<Queue>) - joinable_only),
                         &decode_handle<Queue>};
const KindRow joinable_queue_kind{"JoinableQueue", queue_rows<JoinableQueue>, &decode_handle<JoinableQueue>};
const MakerRow queue_maker{"Queue", "", waiting::maxsize_parameters, &queue_kind, 1, &make<Queue>};
const MakerRow joinable_queue_maker{"JoinableQueue",      "", waiting::maxsize_parameters,
                                    &joinable_queue_kind, 1,  &make<JoinableQueue>};

}  // namespace heddle::programs
