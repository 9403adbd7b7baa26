// Listener, and the two ways to a Connection that nobody was handed: listener.accept() and Client(address).
// An address is a text or [host, port].
#include <heddle/programs/objects/rows.hpp>
#include <mp/channel/client.hpp>
#include <mp/channel/listener.hpp>

namespace heddle::programs {
namespace {

mp::Listener& listener(Call& call) { return call.handle<mp::Listener>(); }

/// ValueError: nothing that is an address.
mp::InternetAddress internet_address(const List& list) {
  const auto* const host = list.items.size() == 2 ? std::get_if<std::string>(&list.items[0].kind) : nullptr;
  const auto* const port = list.items.size() == 2 ? std::get_if<std::int64_t>(&list.items[1].kind) : nullptr;
  if (host == nullptr || port == nullptr || *port < 0 || *port > UINT16_MAX)
    throw mp::ValueError("an address is a text or [host, port]");
  return {.host = *host, .port = static_cast<std::uint16_t>(*port)};
}

mp::Address address_of(const Call& call, std::size_t i) {
  if (!call.has(i) || call.payload(i) == none()) return {};
  if (const auto* const path = std::get_if<std::string>(&call.payload(i).kind)) return *path;
  const auto* const list = std::get_if<List>(&call.payload(i).kind);
  if (list == nullptr) throw mp::ValueError("an address is a text or [host, port]");
  return internet_address(*list);
}

std::optional<mp::Family> family_of(const Call& call, std::size_t i) {
  const std::optional<std::string> name = call.optional_text(i);
  if (!name) return std::nullopt;
  if (*name == "AF_UNIX") return mp::Family::local;
  if (*name == "AF_INET") return mp::Family::internet;
  if (*name == "AF_PIPE") return mp::Family::pipe;
  throw mp::ValueError("family " + *name + " is not recognized");
}

/// TypeError: anything but bytes.
std::optional<mp::AuthenticationKey> key_of(const Call& call, std::size_t i) {
  if (!call.has(i) || call.payload(i) == none()) return std::nullopt;
  if (!std::holds_alternative<mp::Bytes>(call.payload(i).kind)) throw TypeError("authkey should be bytes");
  return mp::AuthenticationKey(call.bytes(i));
}

Payload payload_of_address(const mp::Address& address) {
  if (const auto* const path = std::get_if<std::string>(&address)) return payload_of(*path);
  const auto& internet = std::get<mp::InternetAddress>(address);
  return {List{{payload_of(internet.host), payload_of(std::int64_t{internet.port})}}};
}

Payload close(Call& call) {
  listener(call).close(call.where);
  return none();
}
Payload address(Call& call) {
  if (listener(call).is_closed()) throw AttributeError("a closed Listener has no address");
  return payload_of_address(listener(call).address());
}
Payload last_accepted(Call& call) {
  const std::optional<mp::Address> last = listener(call).last_accepted();
  return last ? payload_of_address(*last) : none();
}

Objects make(Call& call) {
  return {hold(mp::Listener(address_of(call, 0),
                            {.family = family_of(call, 1),
                             .backlog = call.small_integer(2, 1),
                             .authkey = key_of(call, 3),
                             .name = call.name()},
                            call.where))};
}
Objects accept(Call& call) { return {hold(listener(call).accept(call.where))}; }
Objects connect(Call& call) {
  return {hold(mp::Client(address_of(call, 0),
                          {.family = family_of(call, 1), .authkey = key_of(call, 2), .name = call.name()},
                          call.where))};
}

constexpr Parameter listener_parameters[] = {{"address", ParameterKind::any, true},
                                             {"family", ParameterKind::any, true},
                                             {"backlog", ParameterKind::integer, true},
                                             {"authkey", ParameterKind::any, true}};
constexpr Parameter client_parameters[] = {{"address", ParameterKind::any},
                                           {"family", ParameterKind::any, true},
                                           {"authkey", ParameterKind::any, true}};

constexpr OperationRow rows[] = {
    {"close", Form::call, {}, &close},
    {"address", Form::read, {}, &address},
    {"last_accepted", Form::read, {}, &last_accepted},
};

}  // namespace

const KindRow listener_kind{"Listener", rows, &decode_handle<mp::Listener>};
const MakerRow listener_maker{"Listener", "", listener_parameters, &listener_kind, 1, &make};
const MakerRow accept_maker{"accept", "Listener", {}, &connection_kind, 1, &accept};
const MakerRow client_maker{"Client", "", client_parameters, &connection_kind, 1, &connect};

}  // namespace heddle::programs
