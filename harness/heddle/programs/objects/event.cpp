// Event.
#include <heddle/programs/objects/rows.hpp>
#include <mp/sync/event.hpp>

namespace heddle::programs {
namespace {

mp::Event& event(Call& call) { return call.handle<mp::Event>(); }

Payload set(Call& call) {
  event(call).set(call.where);
  return none();
}
Payload clear(Call& call) {
  event(call).clear(call.where);
  return none();
}
Payload is_set(Call& call) { return payload_of(event(call).is_set(call.where)); }
Payload wait(Call& call) { return payload_of(event(call).wait(call.timeout(0), call.where)); }

Objects make(Call& call) { return {hold(mp::Event({.name = call.name()}, call.where))}; }

constexpr OperationRow rows[] = {
    {"set", Form::call, {}, &set},
    {"clear", Form::call, {}, &clear},
    {"is_set", Form::call, {}, &is_set},
    {"wait", Form::call, timeout_parameters, &wait},
};

}  // namespace

const KindRow event_kind{"Event", rows, &decode_handle<mp::Event>};
const MakerRow event_maker{"Event", "", {}, &event_kind, 1, &make};

}  // namespace heddle::programs
