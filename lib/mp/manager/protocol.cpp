// Requests and replies as bytes.
#include <mp/manager/protocol.hpp>

#include <mp/errors.hpp>
#include <mp/shared/object_codec.hpp>

namespace mp::manager {

namespace {

// The words cross with arguments alone, so a result costs nothing for them.
enum class Direction : std::uint8_t { argument, result };

void encode_values(Encoder& encoder, const std::vector<Value>& values, Direction direction) {
  encoder.array(values.size());
  for (const Value& value : values) {
    encoder.bytes(value.bytes);
    codec<std::vector<std::uint64_t>>::encode(encoder, value.references);
    if (direction == Direction::argument) encoder.text(value.words);
  }
}

std::vector<Value> decode_values(Decoder& decoder, Direction direction) {
  const std::size_t size = decoder.array();
  std::vector<Value> values;
  values.reserve(detail::modest(size));
  for (std::size_t i = 0; i < size; ++i) {
    Value value{.bytes = decoder.bytes()};
    value.references = codec<std::vector<std::uint64_t>>::decode(decoder);
    if (direction == Direction::argument) value.words = decoder.text();
    values.push_back(std::move(value));
  }
  return values;
}

}  // namespace

Bytes encode(const Request& request) {
  Encoder encoder(Crossing::message);
  encoder.natural(request.number);
  encoder.text(request.method);
  encode_object(encoder, request.object);
  encoder.natural(static_cast<std::uint64_t>(request.stamp));
  encode_values(encoder, request.arguments, Direction::argument);
  return encoder.take();
}

Bytes encode(const Reply& reply) {
  Encoder encoder(Crossing::message);
  encoder.natural(static_cast<std::uint64_t>(reply.status));
  encode_values(encoder, reply.values, Direction::result);
  return encoder.take();
}

Request decode_request(std::span<const std::byte> bytes) {
  Decoder decoder(bytes);
  Request request;
  request.number = decoder.natural();
  request.method = decoder.text();
  request.object = decode_object(decoder);
  request.stamp = Stamp{codec<std::uint32_t>::decode(decoder)};
  request.arguments = decode_values(decoder, Direction::argument);
  decoder.finish();
  return request;
}

Reply decode_reply(std::span<const std::byte> bytes) {
  Decoder decoder(bytes);
  Reply reply;
  const std::uint64_t status = decoder.natural();
  if (status > static_cast<std::uint64_t>(Status::failed)) detail::refuse("a number stands for nothing");
  reply.status = static_cast<Status>(status);
  reply.values = decode_values(decoder, Direction::result);
  decoder.finish();
  return reply;
}

Reply done() { return {}; }

Reply done_with(Value value) {
  Reply reply;
  reply.values.push_back(std::move(value));
  return reply;
}

Reply raised(const Raised& exception) {
  Reply reply = done_with(exception);
  reply.status = Status::raised;
  return reply;
}

Reply failed(std::string_view words) {
  Reply reply = done_with(std::string(words));
  reply.status = Status::failed;
  return reply;
}

Raised raised_of(const Reply& reply) {
  if (reply.values.size() != 1) throw DecodeError("a manager's reply is incomplete");
  return decode_message<Raised>(reply.values[0].bytes);
}

}  // namespace mp::manager
