// What a small pool and its workers tell each other.
#pragma once

#include <mp/multiprocessing.hpp>
#include <string>
#include <utility>

namespace heddle::zoo {

/// One part of a job.
template <class Item>
struct PoolTask {
  int job = 0;
  int part = 0;
  Item item = {};

  void encode(mp::Encoder& encoder) const {
    encoder.integer(job);
    encoder.integer(part);
    mp::codec<Item>::encode(encoder, item);
  }
  static PoolTask decode(mp::Decoder& decoder) {
    const int job = mp::codec<int>::decode(decoder);
    const int part = mp::codec<int>::decode(decoder);
    return {.job = job, .part = part, .item = mp::codec<Item>::decode(decoder)};
  }
};

enum class Told : std::uint8_t {
  started,       // a worker has a task
  done,          // with a result
  failed,        // with words
  worker_ended,  // whatever it had
  nothing,       // look whether you are to go on
};

template <class Result>
struct PoolReply {
  Told told = Told::nothing;
  int job = 0;
  int part = 0;
  mp::ProcessId worker = mp::ProcessId::none;  // of started and worker_ended
  std::string words = {};
  Result result = {};

  void encode(mp::Encoder& encoder) const {
    encoder.natural(static_cast<std::uint64_t>(told));
    encoder.integer(job);
    encoder.integer(part);
    encoder.integer(static_cast<std::int64_t>(worker));
    encoder.text(words);
    mp::codec<Result>::encode(encoder, result);
  }
  static PoolReply decode(mp::Decoder& decoder) {
    PoolReply reply;
    reply.told = static_cast<Told>(decoder.natural());
    reply.job = mp::codec<int>::decode(decoder);
    reply.part = mp::codec<int>::decode(decoder);
    reply.worker = static_cast<mp::ProcessId>(decoder.integer());
    reply.words = decoder.text();
    reply.result = mp::codec<Result>::decode(decoder);
    return reply;
  }
};

}  // namespace heddle::zoo
