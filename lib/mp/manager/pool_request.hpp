// What a client says to a Pool in a manager's server. The first argument of every call that makes a job is a
// JobRequest; one for each call of the function follows, which are its arguments encoded for the worker. Each
// result crosses as bytes of its own, so the server can count and keep results that it cannot read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <mp/codec/codec.hpp>
#include <mp/codec/function_place.hpp>
#include <mp/os/annotation.hpp>

namespace mp::manager {

/// The arguments of a Pool's creation.
struct PoolRequest {
  std::optional<std::int64_t> processes = std::nullopt;  // absent: as many as the machine runs at a time
  std::optional<std::int64_t> maxtasksperchild = std::nullopt;
  std::string name = {};           // for reports and the workers' names; may be empty
  FunctionPlace initializer = {};  // a void (*)(Decoder&), or none
  Bytes initializer_arguments = {};

  void encode(Encoder& encoder) const;
  static PoolRequest decode(Decoder& decoder);
};

struct JobRequest {
  ObjectId object = ObjectId::none;  // what the client calls the job
  FunctionPlace code = {};           // a TaskCode whose results are each of their own bytes
  FunctionPlace take = {};           // of Raises, or none
  std::optional<std::int64_t> chunksize = std::nullopt;

  void encode(Encoder& encoder) const;
  static JobRequest decode(Decoder& decoder);
};

}  // namespace mp::manager
