// See the header. A location is a pointer into the image, which reader and writer share because the writer
// is a fork of the reader; the image's own address travels along, and a location from elsewhere is dropped.
#include <cstring>
#include <msgpack.hpp>
#include <tuple>

#include <heddle/worlds/host/message.hpp>

namespace heddle::host {
namespace {

constexpr std::size_t message_bytes_max = 4096;  // PIPE_BUF: a write of so much is indivisible
constexpr std::size_t length_bytes = 2;
constexpr std::size_t text_bytes_max = 2400;
constexpr std::size_t name_bytes_max = 400;

using Fields = std::tuple<std::uint32_t, std::uint32_t, std::int64_t, std::string, std::string, std::string,
                          std::string, std::uint64_t, std::string>;

std::uint64_t image_address() {
  static const char anchor = 0;
  return reinterpret_cast<std::uint64_t>(&anchor);
}

static_assert(std::is_trivially_copyable_v<mp::Location>);

std::string bytes_of(const mp::Location& where) {
  std::string bytes(sizeof where, '\0');
  std::memcpy(bytes.data(), &where, sizeof where);
  return bytes;
}

mp::Location location_of(const std::string& bytes) {
  mp::Location where;
  if (bytes.size() == sizeof where) std::memcpy(&where, bytes.data(), sizeof where);
  return where;
}

std::optional<Message> unpack(std::string_view bytes) try {
  const msgpack::unpack_limit limit(16, 0, bytes.size(), 0, 0, 4);
  const msgpack::object_handle handle = msgpack::unpack(bytes.data(), bytes.size(), nullptr, nullptr, limit);
  Fields fields = handle->as<Fields>();
  if (std::get<0>(fields) >= message_kinds) return std::nullopt;
  Message message{.kind = static_cast<MessageKind>(std::get<0>(fields)),
                  .object = std::get<1>(fields),
                  .number = std::get<2>(fields),
                  .who = std::move(std::get<3>(fields)),
                  .operation = std::move(std::get<4>(fields)),
                  .rule = std::move(std::get<5>(fields)),
                  .text = std::move(std::get<6>(fields))};
  if (std::get<7>(fields) == image_address()) message.where = location_of(std::get<8>(fields));
  return message;
} catch (const std::exception&) {  // msgpack: these bytes are no message
  return std::nullopt;
}

}  // namespace

std::string pack(const Message& message) {
  msgpack::sbuffer buffer;
  msgpack::pack(buffer,
                Fields(static_cast<std::uint32_t>(message.kind), message.object, message.number,
                       message.who.substr(0, name_bytes_max), message.operation.substr(0, name_bytes_max),
                       message.rule.substr(0, name_bytes_max), message.text.substr(0, text_bytes_max),
                       image_address(), bytes_of(message.where)));
  const auto length = static_cast<std::uint16_t>(buffer.size());
  std::string bytes(length_bytes, '\0');
  std::memcpy(bytes.data(), &length, length_bytes);
  return bytes.append(buffer.data(), buffer.size());
}

std::optional<Message> take_message(std::string& bytes) {
  if (bytes.size() < length_bytes) return std::nullopt;
  std::uint16_t length = 0;
  std::memcpy(&length, bytes.data(), length_bytes);
  if (bytes.size() < length_bytes + length && length <= message_bytes_max) return std::nullopt;
  std::optional<Message> message;
  if (length <= message_bytes_max) message = unpack(std::string_view(bytes).substr(length_bytes, length));
  if (message)
    bytes.erase(0, length_bytes + length);
  else
    bytes.clear();
  return message;
}

}  // namespace heddle::host
