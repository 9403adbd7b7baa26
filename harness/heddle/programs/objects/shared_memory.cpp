// SharedMemory. Its bytes are reached as block.buf[i] and block.buf[i:j]; no view of them outlives its line.
#include <heddle/programs/objects/rows.hpp>
#include <mp/shared/shared_memory.hpp>

namespace heddle::programs {
namespace {

mp::SharedMemory& memory(Call& call) { return call.handle<mp::SharedMemory>(); }

/// One byte. ValueError: out of range. TypeError: no integer.
std::uint8_t byte_of(std::int64_t value) {
  if (value < 0 || value > UINT8_MAX) throw mp::ValueError("a byte is an integer from 0 to 255");
  return static_cast<std::uint8_t>(value);
}

Payload item_read(Call& call) {
  const mp::SharedMemoryView view = memory(call).buf();
  return payload_of(std::int64_t{std::uint8_t{view[{call.integer(0, 0), call.where}]}});
}
Payload item_write(Call& call) {
  const mp::SharedMemoryView view = memory(call).buf();
  view[{call.integer(0, 0), call.where}] = byte_of(call.integer(1, 0));
  return none();
}

struct Range {
  std::size_t first = 0;
  std::size_t count = 0;
};
/// ValueError: a step, which Python's memoryview has and a view here has not.
Range range_of(const Call& call, const mp::SharedMemoryView& view) {
  if (call.integer(2).value_or(1) != 1) throw mp::ValueError("a slice of shared memory has no step");
  const auto slice = mp::detail::slice_of(call.integer(0), call.integer(1), 1, view.size());
  return {static_cast<std::size_t>(slice.first), slice.count};
}
Payload slice_read(Call& call) {
  const mp::SharedMemoryView view = memory(call).buf();
  const Range range = range_of(call, view);
  return payload_of(view.read(range.first, range.count, call.where));
}
Payload slice_write(Call& call) {
  const mp::SharedMemoryView view = memory(call).buf();
  const Range range = range_of(call, view);
  const mp::Bytes bytes = call.bytes(3);
  if (bytes.size() != range.count) throw mp::ValueError("a slice can only be assigned as many bytes");
  view.write(range.first, bytes, call.where);
  return none();
}

Payload name(Call& call) { return payload_of(memory(call).name()); }
Payload size(Call& call) { return payload_of(static_cast<std::int64_t>(memory(call).size())); }
Payload close(Call& call) {
  memory(call).close(call.where);
  return none();
}
Payload unlink(Call& call) {
  memory(call).unlink(call.where);
  return none();
}
Payload dumps(Call& call) { return payload_of(mp::encode_message(memory(call))); }

Objects make(Call& call) {
  return {hold(mp::SharedMemory(call.optional_text(0), call.flag(1, false), call.size(2, 0), call.where))};
}
Objects loads(Call& call) { return {hold(mp::decode_message<mp::SharedMemory>(call.bytes(0)))}; }

constexpr Parameter parameters[] = {{"name", ParameterKind::any, true},
                                    {"create", ParameterKind::flag, true},
                                    {"size", ParameterKind::integer, true}};
constexpr Parameter byte[] = {{"position", ParameterKind::integer}, {"value", ParameterKind::integer}};
constexpr Parameter bytes[] = {{"start", ParameterKind::integer},
                               {"stop", ParameterKind::integer},
                               {"step", ParameterKind::integer},
                               {"value", ParameterKind::bytes}};

constexpr OperationRow rows[] = {
    {"buf", Form::item_read, position_parameters, &item_read},
    {"buf", Form::item_write, byte, &item_write},
    {"buf", Form::slice_read, slice_parameters, &slice_read},
    {"buf", Form::slice_write, bytes, &slice_write},
    {"name", Form::read, {}, &name},
    {"size", Form::read, {}, &size},
    {"close", Form::call, {}, &close},
    {"unlink", Form::call, {}, &unlink},
    {"dumps", Form::call, {}, &dumps, true},
};

}  // namespace

const KindRow shared_memory_kind{"SharedMemory", rows, &decode_handle<mp::SharedMemory>};
const MakerRow shared_memory_maker{"SharedMemory", "", parameters, &shared_memory_kind, 1, &make};
const MakerRow shared_memory_loader{"loads", "SharedMemory", pickle_parameters, &shared_memory_kind,
                                    1,       &loads};

}  // namespace heddle::programs
