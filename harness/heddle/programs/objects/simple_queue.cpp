// SimpleQueue.
#include <heddle/programs/objects/rows.hpp>
#include <mp/queue/simple_queue.hpp>

namespace heddle::programs {
namespace {

using SimpleQueue = mp::SimpleQueue<Payload>;

SimpleQueue& queue(Call& call) { return call.handle<SimpleQueue>(); }

Payload put(Call& call) {
  queue(call).put(call.payload(0), call.where);
  return none();
}
Payload get(Call& call) { return queue(call).get(call.where); }
Payload empty(Call& call) { return payload_of(queue(call).empty(call.where)); }
Payload close(Call& call) {
  queue(call).close(call.where);
  return none();
}

Objects make(Call& call) { return {hold(SimpleQueue({.name = call.name()}, call.where))}; }

constexpr Parameter item[] = {{"obj", ParameterKind::message}};

constexpr OperationRow rows[] = {
    {"put", Form::call, item, &put},
    {"get", Form::call, {}, &get},
    {"empty", Form::call, {}, &empty},
    {"close", Form::call, {}, &close},
};

}  // namespace

const KindRow simple_queue_kind{"SimpleQueue", rows, &decode_handle<SimpleQueue>};
const MakerRow simple_queue_maker{"SimpleQueue", "", {}, &simple_queue_kind, 1, &make};

}  // namespace heddle::programs
