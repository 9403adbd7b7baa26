// Field by field.
#include <mp/manager/pool_request.hpp>

#include <mp/shared/object_codec.hpp>

namespace mp::manager {

void PoolRequest::encode(Encoder& encoder) const {
  codec<std::optional<std::int64_t>>::encode(encoder, processes);
  codec<std::optional<std::int64_t>>::encode(encoder, maxtasksperchild);
  encoder.text(name);
  initializer.encode(encoder);
  encoder.bytes(initializer_arguments);
}

PoolRequest PoolRequest::decode(Decoder& decoder) {
  PoolRequest request;
  request.processes = codec<std::optional<std::int64_t>>::decode(decoder);
  request.maxtasksperchild = codec<std::optional<std::int64_t>>::decode(decoder);
  request.name = decoder.text();
  request.initializer = FunctionPlace::decode(decoder);
  request.initializer_arguments = decoder.bytes();
  return request;
}

void JobRequest::encode(Encoder& encoder) const {
  encode_object(encoder, object);
  code.encode(encoder);
  take.encode(encoder);
  codec<std::optional<std::int64_t>>::encode(encoder, chunksize);
}

JobRequest JobRequest::decode(Decoder& decoder) {
  JobRequest request{.object = decode_object(decoder)};
  request.code = FunctionPlace::decode(decoder);
  request.take = FunctionPlace::decode(decoder);
  request.chunksize = codec<std::optional<std::int64_t>>::decode(decoder);
  return request;
}

}  // namespace mp::manager
