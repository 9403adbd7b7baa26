// The two ends of a crossing: an Encoder that turns values into bytes, a Decoder that takes them back, and
// the name under which a type says how it uses them, codec<T>. Handles have theirs here; the codecs of
// values are in codec_values.hpp. Users of lib include codec.hpp, which has both.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mp/os/os.hpp>

namespace mp {

using Bytes = std::vector<std::byte>;

/// Whom the bytes are for: a message any process may read, one that a socket carries together with
/// descriptors (of a Connection, or a pool's task), or the arguments of a child being born. Handles refuse
/// the first with RuntimeError (QUEUE-34, LOCK-08); only those that are nothing but a descriptor take the
/// second (PIPE-25).
enum class Crossing : std::uint8_t { message, connection, birth };

/// Descriptors that came with a message. Those that no handle has taken over are closed with it.
class PassedDescriptors {
 public:
  PassedDescriptors() = default;
  explicit PassedDescriptors(std::vector<Descriptor> fds) : fds_(std::move(fds)) {}
  PassedDescriptors(PassedDescriptors&& other) noexcept : fds_(std::exchange(other.fds_, {})) {}
  PassedDescriptors& operator=(PassedDescriptors&&) = delete;
  ~PassedDescriptors();

  void add(Descriptor fd) { fds_.push_back(fd); }
  /// Those that nobody has taken, in their order.
  std::vector<Descriptor> left() const;
  /// DecodeError: there is no such one, or it was taken before.
  Descriptor take(std::uint64_t position);

 private:
  std::vector<Descriptor> fds_;  // -1: taken
};

/// What the arguments of a child need besides their bytes, until it is born: a Process is built at one moment
/// and started at another.
struct Belongings {
  /// A handle that must still be open then.
  struct Watched {
    std::function<bool()> is_open;
    std::string what;  // its type
  };
  std::vector<Descriptor> descriptors;            // those that the bytes name, in that order
  std::vector<std::shared_ptr<const void>> kept;  // shared memory that the bytes point to
  std::vector<Watched> watched;
};

/// Objects that others keep for whoever has a handle: a manager's server. In bytes for such a keeper, or from
/// it, handles of its own objects are plain numbers, and the message says beside the bytes which those are,
/// so that the keeper can count them without reading the bytes.
struct References {
  std::string_view keeper;             // its address
  std::vector<std::uint64_t> numbers;  // encoding: those that were written; decoding: those that are granted
};

class Encoder {
 public:
  /// Of a message for the keeper of the references, which outlive the encoder.
  explicit Encoder(References& references)
      : crossing_(Crossing::message), method_(StartMethod::fork), references_(&references) {}
  /// `method`: how the child will be born, if there is one.
  explicit Encoder(Crossing crossing, StartMethod method = StartMethod::fork)
      : crossing_(crossing), method_(method) {}

  Crossing crossing() const { return crossing_; }
  StartMethod method() const { return method_; }          // meaningful at birth
  References* references() const { return references_; }  // null: the bytes are for anybody

  void nil();
  void boolean(bool value);
  void integer(std::int64_t value);
  void natural(std::uint64_t value);
  void real(double value);
  void text(std::string_view value);
  void bytes(std::span<const std::byte> value);
  void array(std::size_t size);  // the next `size` values are its elements

  void extension(std::uint8_t type, std::span<const std::byte> value);  // `type`: 0..127, what the bytes are

  /// A place in shared memory, which the child inherits with its mappings or, when it is spawned, finds by
  /// the segment's descriptor. RuntimeError unless at birth; `what` names the handle's type in the words.
  void shared(const void* address, std::string_view what);
  /// A descriptor number, kept by the child. RuntimeError unless at birth.
  void descriptor(Descriptor fd, std::string_view what);
  /// The same, but a message through a connection takes it along (PIPE-25). RuntimeError in other messages.
  void passed_descriptor(Descriptor fd, std::string_view what);
  /// Keeps what the bytes point to until the child is born.
  void keep(std::shared_ptr<const void> memory) {
    if (memory != nullptr) belongings_.kept.push_back(std::move(memory));
  }
  /// Has a start() fail if the handle is closed by then; what a handle does that keeps descriptors.
  void watch(std::function<bool()> is_open, std::string_view what) {
    belongings_.watched.push_back({.is_open = std::move(is_open), .what = std::string(what)});
  }

  Bytes take() { return std::move(out_); }
  Belongings take_belongings() { return std::move(belongings_); }
  /// What has to follow the bytes, in this order. They are still their handles' own.
  const std::vector<Descriptor>& passed() const { return passed_; }

 private:
  void demand_birth(std::string_view what) const;
  Crossing crossing_;
  StartMethod method_;
  References* references_ = nullptr;
  Bytes out_;
  Belongings belongings_;  // stays empty in a message
  std::vector<Descriptor> passed_;
};

/// Reads what an Encoder wrote. Every method throws DecodeError when the bytes hold something else,
/// end early, or claim more than they have.
class Decoder {
 public:
  explicit Decoder(std::span<const std::byte> bytes) : rest_(bytes) {}
  /// Of a message, with what came along. Both outlive the decoder.
  Decoder(std::span<const std::byte> bytes, PassedDescriptors& passed) : rest_(bytes), passed_(&passed) {}

  /// Of a message from the keeper of the references, which outlive the decoder.
  Decoder(std::span<const std::byte> bytes, References& references)
      : rest_(bytes), references_(&references) {}

  References* references() const { return references_; }  // null: the bytes are from anybody

  bool next_is_nil() const;
  void nil();
  bool boolean();
  std::int64_t integer();
  std::uint64_t natural();
  double real();
  std::string text();
  Bytes bytes();
  std::size_t array();  // how many elements follow; never more than the bytes that are left
  Bytes extension(std::uint8_t type);
  void* shared();
  Descriptor descriptor();
  Descriptor passed_descriptor();  // the caller's own from here on
  void finish() const;             // DecodeError if anything is left

 private:
  std::span<const std::byte> rest_;
  PassedDescriptors* passed_ = nullptr;  // null at a birth, where numbers are kept
  References* references_ = nullptr;
};

template <class T>
struct codec;

template <class T>
concept Handle = requires(const T& handle, Encoder& encoder, Decoder& decoder) {
  {handle.encode(encoder)};
  { T::decode(decoder) } -> std::same_as<T>;
};

template <class T>
Bytes encode_message(const T& value) {
  Encoder encoder(Crossing::message);
  codec<T>::encode(encoder, value);
  return encoder.take();
}

template <class T>
T decode_message(std::span<const std::byte> bytes, PassedDescriptors passed = {}) {
  Decoder decoder(bytes, passed);
  T value = codec<T>::decode(decoder);
  decoder.finish();
  return value;
}

/// A value in words, for reports: shortened, never exact.
template <class T>
std::string describe(const T& value) {
  return codec<T>::describe(value);
}

std::string describe_integer(std::int64_t value);
std::string describe_natural(std::uint64_t value);
std::string describe_real(double value);
std::string describe_text(std::string_view value);
std::string describe_bytes(std::span<const std::byte> value);

template <Handle T>
struct codec<T> {
  static void encode(Encoder& encoder, const T& handle) { handle.encode(encoder); }
  static T decode(Decoder& decoder) { return T::decode(decoder); }
  static std::string describe(const T&) { return "<handle>"; }
};

}  // namespace mp
