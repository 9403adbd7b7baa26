// A queue of texts over a pipe, whose frames are two messages: how many letters follow, and the letters.
// Readers share a lock, writers share another; who dies in the middle of a frame leaves half of one behind.
//
// What has to hold: whoever takes the first half of a frame has the second as well or says that the stream is
// of no use any more. Our own SimpleQueue sees to that by the owner's word of its stream.
#pragma once

#include <chrono>
#include <mp/multiprocessing.hpp>
#include <optional>
#include <string>
#include <utility>

namespace heddle::zoo {

enum class FrameMistake : std::uint8_t {
  none,
  reader_lock_dies_with_its_holder,  // card 7
  timeout_covers_the_poll_alone,     // card 8
  writers_take_no_lock,              // card 29
};

class FramedQueue {
 public:
  // In braces, so that the parts are made in this order by every compiler.
  explicit FramedQueue(FrameMistake mistake)
      : FramedQueue{mp::Pipe(mp::Duplex::no, {.name = "frames"}),
                    mp::Lock({.name = "read-lock",
                              .robust = mistake != FrameMistake::reader_lock_dies_with_its_holder}),
                    mp::Lock({.name = "write-lock"}), mp::RawValue<bool>(false, {.name = "is-suspect"}),
                    mistake} {}

  void put(const std::string& text) {
    if (mistake_ == FrameMistake::writers_take_no_lock) return write(text);
    const mp::With held(write_lock_);
    write(text);
  }

  /// Empty: not in time. OwnerDied: a reader or a writer died in the middle of a frame, now or before.
  std::string get(mp::Timeout timeout = std::nullopt) {
    const mp::Instant deadline = mp::deadline_after(mp::os(), timeout);
    take_read_lock();
    try {
      std::string text = read(deadline);
      read_lock_.release();
      return text;
    } catch (...) {
      read_lock_.release();
      throw;
    }
  }

  void encode(mp::Encoder& encoder) const {
    reader_.encode(encoder);
    writer_.encode(encoder);
    read_lock_.encode(encoder);
    write_lock_.encode(encoder);
    is_suspect_.encode(encoder);
    encoder.natural(static_cast<std::uint64_t>(mistake_));
  }
  static FramedQueue decode(mp::Decoder& decoder) {
    mp::Connection reader = mp::Connection::decode(decoder);
    mp::Connection writer = mp::Connection::decode(decoder);
    mp::Lock read_lock = mp::Lock::decode(decoder);
    mp::Lock write_lock = mp::Lock::decode(decoder);
    auto is_suspect = mp::RawValue<bool>::decode(decoder);
    return FramedQueue({std::move(reader), std::move(writer)}, std::move(read_lock), std::move(write_lock),
                       std::move(is_suspect), static_cast<FrameMistake>(decoder.natural()));
  }

 private:
  FramedQueue(std::pair<mp::Connection, mp::Connection> ends, mp::Lock read_lock, mp::Lock write_lock,
              mp::RawValue<bool> is_suspect, FrameMistake mistake)
      : reader_(std::move(ends.first)),
        writer_(std::move(ends.second)),
        read_lock_(std::move(read_lock)),
        write_lock_(std::move(write_lock)),
        is_suspect_(std::move(is_suspect)),
        mistake_(mistake) {}

  void write(const std::string& text) {
    writer_.send(text.size());
    writer_.send(text);
  }

  // Who takes the lock over cannot know how much of a frame its holder had read.
  void take_read_lock() {
    try {
      read_lock_.acquire();
    } catch (const mp::OwnerDied&) {
      is_suspect_.value() = true;
    }
  }

  std::string read(mp::Instant deadline) {
    if (is_suspect_.value()) throw mp::OwnerDied("half a frame is lost");
    if (!reader_.poll(left_until(deadline))) throw mp::Empty();
    const auto letters = reader_.recv<std::size_t>();
    if (mistake_ != FrameMistake::timeout_covers_the_poll_alone && !reader_.poll(left_until(deadline))) {
      is_suspect_.value() = true;
      throw mp::Empty();
    }
    auto text = reader_.recv<std::string>();
    if (text.size() != letters) throw mp::DecodeError("a frame has another length than it says");
    return text;
  }

  static mp::Timeout left_until(mp::Instant deadline) {
    if (deadline == mp::never) return std::nullopt;
    return deadline - mp::os().now();
  }

  mp::Connection reader_;
  mp::Connection writer_;
  mp::Lock read_lock_;
  mp::Lock write_lock_;
  mp::RawValue<bool> is_suspect_;  // under the read lock
  FrameMistake mistake_;
};

}  // namespace heddle::zoo
