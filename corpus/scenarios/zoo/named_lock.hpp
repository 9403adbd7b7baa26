// A lock in a segment of shared memory, which is found by a name as long as it takes to make it: the name is
// drawn at random and taken away again as soon as the segment is there.
//
// What has to hold: a new lock is new. A forked child draws the names that its parent and its siblings draw,
// so only the segment's maker may have it, and who comes second draws again.
#pragma once

#include <cstdint>
#include <mp/codec/codec.hpp>
#include <mp/errors.hpp>
#include <mp/shared/shared_memory.hpp>
#include <optional>
#include <random>
#include <string>

namespace heddle::zoo {

enum class NameMistake : std::uint8_t { none, opens_what_is_there };

/// Names drawn at random. A child has a copy of its parent's, as of all its memory.
class NameSource {
 public:
  explicit NameSource(std::uint32_t state) : random_(state) {}
  std::string next() { return "mp-" + std::to_string(state_ = random_()); }

  void encode(mp::Encoder& encoder) const { encoder.natural(state_); }
  static NameSource decode(mp::Decoder& decoder) {
    return NameSource(mp::codec<std::uint32_t>::decode(decoder));
  }

 private:
  std::minstd_rand random_;
  std::uint_fast32_t state_ = random_();  // the last number, from which the next one follows
};

class NamedLock {
 public:
  NamedLock(NameSource& names, NameMistake mistake) : memory_(make(names, mistake)), view_(memory_.buf()) {}

  /// True: the caller holds it now.
  bool try_acquire() { return mp::os().compare_exchange(view_.word(0), 0, 1) == 0; }
  void release() { mp::os().store(view_.word(0), 0); }

 private:
  static mp::SharedMemory make(NameSource& names, NameMistake mistake) {
    std::optional<mp::SharedMemory> memory;
    while (!memory) {
      const std::string name = names.next();
      memory = mistake == NameMistake::none ? make_alone(name) : open(name);
    }
    try {
      memory->unlink();
    } catch (const mp::FileNotFoundError&) {
      // Somebody else has taken the name away already.
    }
    return *std::move(memory);
  }

  static std::optional<mp::SharedMemory> make_alone(const std::string& name) {
    try {
      return mp::SharedMemory::create(sizeof(mp::Word), name);
    } catch (const mp::FileExistsError&) {
      return std::nullopt;
    }
  }
  static std::optional<mp::SharedMemory> open(const std::string& name) {
    if (std::optional<mp::SharedMemory> memory = make_alone(name)) return memory;
    try {
      return mp::SharedMemory::attach(name);
    } catch (const mp::FileNotFoundError&) {
      return make_alone(name);
    }
  }

  mp::SharedMemory memory_;
  mp::SharedMemoryView view_;
};

}  // namespace heddle::zoo
