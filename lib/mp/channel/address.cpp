// From Python's addresses to the Os page's.
#include <mp/channel/address.hpp>

#include <cerrno>

#include <mp/codec/codec.hpp>
#include <mp/errors.hpp>

namespace mp {

namespace {

// On the Os page '@' stands for the zero byte, so a file of that name needs its directory said.
std::string os_name_of(const std::string& path) {
  if (path.starts_with('\0')) return "@" + path.substr(1);
  return path.starts_with('@') ? "./" + path : path;
}

void demand_this_machine(const std::string& host) {
  if (host == "localhost" || host == "127.0.0.1") return;
  throw OSError("'" + host + "' is not the loopback interface of this machine", EADDRNOTAVAIL);
}

}  // namespace

Family family_of(const Address& address) {
  if (std::holds_alternative<InternetAddress>(address)) return Family::internet;
  const auto* const path = std::get_if<std::string>(&address);
  if (path == nullptr) throw ValueError("no address is of no family");
  return path->starts_with("\\\\") ? Family::pipe : Family::local;
}

Endpoint::Endpoint(const Address& address, std::optional<Family> family) {
  const Family its_own = family_of(address);
  if (its_own == Family::pipe || family == Family::pipe)
    throw ValueError("family AF_PIPE is not recognized on this system");
  if (family.value_or(its_own) != its_own) throw ValueError("an address is not of the family given");
  is_internet_ = its_own == Family::internet;
  if (!is_internet_) {
    name_ = os_name_of(std::get<std::string>(address));
    return;
  }
  demand_this_machine(std::get<InternetAddress>(address).host);
  port_ = std::get<InternetAddress>(address).port;
}

SocketAddress Endpoint::socket_address() const {
  return is_internet_ ? SocketAddress(port_) : SocketAddress(name_);
}

std::string Endpoint::path() const { return is_internet_ || name_.starts_with('@') ? std::string() : name_; }

std::string describe(const Address& address) {
  if (const auto* const path = std::get_if<std::string>(&address)) return describe_text(*path);
  const auto* const internet = std::get_if<InternetAddress>(&address);
  if (internet == nullptr) return "None";
  return "(" + describe_text(internet->host) + ", " + std::to_string(internet->port) + ")";
}

void encode_address(Encoder& encoder, const Address& address) {
  encoder.natural(address.index());
  if (const auto* const path = std::get_if<std::string>(&address)) encoder.text(*path);
  const auto* const internet = std::get_if<InternetAddress>(&address);
  if (internet == nullptr) return;
  encoder.text(internet->host);
  encoder.natural(internet->port);
}

Address decode_address(Decoder& decoder) {
  switch (decoder.natural()) {
    case 0:
      return {};
    case 1:
      return decoder.text();
    case 2: {
      std::string host = decoder.text();
      return InternetAddress{.host = std::move(host), .port = codec<std::uint16_t>::decode(decoder)};
    }
    default:  // of a number, not of an enumeration
      throw DecodeError("no kind of address");
  }
}

}  // namespace mp
