// A semaphore that is a pipe with one byte in it for each permit: to acquire is to read one, to release is to
// write one.
//
// What has to hold: a child has the pipe however it is born. By fork it has its parent's descriptors and
// their numbers; by spawn it has those that are named for it, and a bare number means nothing there.
#pragma once

#include <array>
#include <mp/codec/codec.hpp>
#include <mp/errors.hpp>
#include <mp/os/os.hpp>
#include <mp/shared/os_failure.hpp>
#include <utility>

namespace heddle::zoo {

enum class HandleMistake : std::uint8_t { none, crosses_as_a_number };

class TokenSemaphore {
 public:
  TokenSemaphore(int permits, HandleMistake mistake) : mistake_(mistake) {
    const auto ends = mp::os().pipe();
    if (!ends) mp::throw_os_error(ends.error(), "no pipe for a semaphore");
    reader_ = ends->first;
    writer_ = ends->second;
    for (int permit = 0; permit < permits; ++permit) release();
  }
  TokenSemaphore(TokenSemaphore&& other) noexcept
      : reader_(std::exchange(other.reader_, -1)),
        writer_(std::exchange(other.writer_, -1)),
        mistake_(other.mistake_) {}
  TokenSemaphore& operator=(TokenSemaphore&&) = delete;
  ~TokenSemaphore() {
    for (const mp::Descriptor end : {reader_, writer_})
      if (end >= 0) static_cast<void>(mp::os().close(end));
  }

  void acquire() {
    std::array<std::byte, 1> token{};
    const auto taken = mp::os().read(reader_, token);
    if (!taken) mp::throw_os_error(taken.error(), "a semaphore cannot be acquired");
  }
  void release() {
    const std::array<std::byte, 1> token{};
    const auto given = mp::os().write(writer_, token);
    if (!given) mp::throw_os_error(given.error(), "a semaphore cannot be released");
  }

  void encode(mp::Encoder& encoder) const {
    encoder.natural(static_cast<std::uint64_t>(mistake_));
    for (const mp::Descriptor end : {reader_, writer_}) {
      if (mistake_ == HandleMistake::crosses_as_a_number) {
        encoder.integer(end);
      } else {
        encoder.descriptor(end, "TokenSemaphore");
      }
    }
  }
  static TokenSemaphore decode(mp::Decoder& decoder) {
    const auto mistake = static_cast<HandleMistake>(decoder.natural());
    const auto end = [&] {
      if (mistake == HandleMistake::none) return decoder.descriptor();
      return mp::codec<mp::Descriptor>::decode(decoder);
    };
    const mp::Descriptor reader = end();
    return TokenSemaphore(reader, end(), mistake);
  }

 private:
  TokenSemaphore(mp::Descriptor reader, mp::Descriptor writer, HandleMistake mistake)
      : reader_(reader), writer_(writer), mistake_(mistake) {}

  mp::Descriptor reader_ = -1;  // -1: moved from
  mp::Descriptor writer_ = -1;
  HandleMistake mistake_;
};

}  // namespace heddle::zoo
