// Requests and replies as bytes.
#include <mp/manager/protocol.hpp>

#include <mp/errors.hpp>
#include <mp/shared/object_codec.hpp>

namespace mp::manager {

namespace {

template <class Enum>
Enum decode_enum(Decoder& decoder, Enum last) {
  const std::uint64_t value = decoder.natural();
  if (value > static_cast<std::uint64_t>(last)) throw DecodeError("a number stands for nothing");
  return static_cast<Enum>(value);
}

}  // namespace

Bytes encode(const Request& request) {
  Encoder encoder(Crossing::message);
  encoder.natural(static_cast<std::uint64_t>(request.method));
  encoder.natural(request.number);
  encode_object(encoder, request.object);
  encoder.natural(static_cast<std::uint64_t>(request.stamp));
  encoder.text(request.words);
  codec<std::vector<Bytes>>::encode(encoder, request.arguments);
  return encoder.take();
}

Bytes encode(const Reply& reply) {
  Encoder encoder(Crossing::message);
  encoder.natural(static_cast<std::uint64_t>(reply.status));
  codec<std::vector<Bytes>>::encode(encoder, reply.values);
  return encoder.take();
}

Request decode_request(std::span<const std::byte> bytes) {
  Decoder decoder(bytes);
  Request request;
  request.method = decode_enum(decoder, last_method);
  request.number = decoder.natural();
  request.object = decode_object(decoder);
  request.stamp = Stamp{codec<std::uint32_t>::decode(decoder)};
  request.words = decoder.text();
  request.arguments = codec<std::vector<Bytes>>::decode(decoder);
  decoder.finish();
  return request;
}

Reply decode_reply(std::span<const std::byte> bytes) {
  Decoder decoder(bytes);
  Reply reply;
  reply.status = decode_enum(decoder, last_status);
  reply.values = codec<std::vector<Bytes>>::decode(decoder);
  decoder.finish();
  return reply;
}

}  // namespace mp::manager
