// Value: one integer of 64 bits with its lock, whatever the typecode.
#include <heddle/programs/objects/rows.hpp>
#include <mp/shared/value.hpp>

namespace heddle::programs {
namespace {

using Value = mp::Value<std::int64_t>;

Payload load(Call& call) {
  return payload_of(static_cast<std::int64_t>(call.handle<Value>().value(call.where)));
}
Payload store(Call& call) {
  const std::int64_t stored = call.integer(0, 0);
  call.handle<Value>().value(call.where) = stored;
  return none();
}
Payload acquire(Call& call) {
  return payload_of(call.handle<Value>().acquire(call.flag(0, true), call.timeout(1), call.where));
}
Payload release(Call& call) {
  call.handle<Value>().release(call.where);
  return none();
}

Objects make(Call& call) {
  constexpr std::string_view integers = "ilq";
  const std::string& typecode = call.text(0);
  if (typecode.size() != 1 || integers.find(typecode) == std::string_view::npos)
    throw TypeError("a Value's typecode is 'i', 'l' or 'q'");
  return {hold(Value(call.integer(1, 0), {.name = call.name()}, call.where))};
}

constexpr Parameter typecode[] = {{"typecode"}, {"value", ParameterKind::integer, true}};
constexpr Parameter stored[] = {{"value", ParameterKind::integer}};

constexpr OperationRow rows[] = {
    {"value", Form::read, {}, &load},
    {"value", Form::write, stored, &store},
    {"acquire", Form::call, acquire_parameters, &acquire},
    {"release", Form::call, {}, &release},
};

}  // namespace

const KindRow value_kind{"Value", rows, &decode_handle<Value>};
const MakerRow value_maker{"Value", "", typecode, &value_kind, 1, &make};

}  // namespace heddle::programs
