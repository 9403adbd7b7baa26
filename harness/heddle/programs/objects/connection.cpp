// Pipe() and its two Connections.
#include <heddle/programs/objects/rows.hpp>
#include <mp/channel/pipe.hpp>

namespace heddle::programs {
namespace {

mp::Connection& end(Call& call) { return call.handle<mp::Connection>(); }

Payload send(Call& call) {
  end(call).send(call.payload(0), call.where);
  return none();
}
Payload recv(Call& call) { return end(call).recv<Payload>(call.where); }
Payload send_bytes(Call& call) {
  const mp::Bytes bytes = call.bytes(0);
  end(call).send_bytes(bytes, call.integer(1, 0), call.integer(2), call.where);
  return none();
}
Payload recv_bytes(Call& call) { return payload_of(end(call).recv_bytes(call.integer(0), call.where)); }
/// How many bytes, and the buffer as it then is: a value in a program cannot be changed.
Payload recv_bytes_into(Call& call) {
  mp::Bytes buffer = call.bytes(0);
  const std::size_t length = end(call).recv_bytes_into(buffer, call.integer(1, 0), call.where);
  return {List{{payload_of(static_cast<std::int64_t>(length)), payload_of(std::move(buffer))}}};
}
Payload poll(Call& call) {
  const mp::Timeout timeout = call.has(0) ? call.timeout(0) : mp::Timeout(0);
  return payload_of(end(call).poll(timeout, call.where));
}
Payload close(Call& call) {
  end(call).close(call.where);
  return none();
}
Payload closed(Call& call) { return payload_of(end(call).is_closed()); }
Payload readable(Call& call) { return payload_of(end(call).readable()); }
Payload writable(Call& call) { return payload_of(end(call).writable()); }

Objects make(Call& call) {
  auto [first, second] = mp::Pipe(call.flag(0, true) ? mp::Duplex::yes : mp::Duplex::no,
                                  std::pair(call.name(0), call.name(1)), call.where);
  return {hold(std::move(first)), hold(std::move(second))};
}

constexpr Parameter duplex[] = {{"duplex", ParameterKind::flag, true}};
constexpr Parameter object[] = {{"obj", ParameterKind::message}};
constexpr Parameter part[] = {{"buf", ParameterKind::bytes},
                              {"offset", ParameterKind::integer, true},
                              {"size", ParameterKind::integer, true}};
constexpr Parameter buffer[] = {{"buf", ParameterKind::bytes}, {"offset", ParameterKind::integer, true}};
constexpr Parameter maxlength[] = {{"maxlength", ParameterKind::integer, true}};

constexpr OperationRow rows[] = {
    {"send", Form::call, object, &send},
    {"recv", Form::call, {}, &recv},
    {"send_bytes", Form::call, part, &send_bytes},
    {"recv_bytes", Form::call, maxlength, &recv_bytes},
    {"recv_bytes_into", Form::call, buffer, &recv_bytes_into},
    {"poll", Form::call, timeout_parameters, &poll},
    {"close", Form::call, {}, &close},
    {"closed", Form::read, {}, &closed},
    {"readable", Form::read, {}, &readable},
    {"writable", Form::read, {}, &writable},
};

}  // namespace

const KindRow connection_kind{"Connection", rows, &decode_handle<mp::Connection>};
const MakerRow pipe_maker{"Pipe", "", duplex, &connection_kind, 2, &make};

}  // namespace heddle::programs
