// Event.
#include <heddle/programs/objects/waiting.hpp>
#include <mp/sync/event.hpp>

namespace heddle::programs {
namespace {

Objects make(Call& call) { return {hold(mp::Event({.name = call.name()}, call.where))}; }

}  // namespace

const KindRow event_kind{"Event", waiting::event_rows<mp::Event>, &decode_handle<mp::Event>};
const MakerRow event_maker{"Event", "", {}, &event_kind, 1, &make};

}  // namespace heddle::programs
