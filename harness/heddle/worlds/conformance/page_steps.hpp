// The verbs that the page's checks are written in: demand something, unwrap a result, start a child with a
// typed payload. For the page_*.cpp files alone.
#pragma once

#include <array>
#include <cerrno>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <exception>
#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <mp/os/os.hpp>
#include <mp/os/uninterrupted.hpp>

namespace heddle::conformance {

using namespace std::chrono_literals;

inline void demand(bool holds, std::string_view words) {
  if (!holds) throw std::runtime_error(std::string(words));
}

inline void demand_equal(std::int64_t found, std::int64_t wanted, std::string_view what) {
  if (found == wanted) return;
  throw std::runtime_error(std::string(what) + ": " + std::to_string(found) + " instead of " +
                           std::to_string(wanted));
}

template <class T>
T value_of(mp::Result<T> result, std::string_view what) {
  if (!result)
    throw std::runtime_error(std::string(what) + " failed with errno " +
                             std::to_string(result.error().value));
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

template <class T>
void demand_failure(const mp::Result<T>& result, int wanted, std::string_view what) {
  if (result) throw std::runtime_error(std::string(what) + " succeeded");
  demand_equal(result.error().value, wanted, std::string(what) + ": errno");
}

/// A deadline that only a hang misses, and one that a check means to miss.
inline mp::Instant late(mp::Os& os) { return os.now() + 10s; }
inline mp::Instant soon(mp::Os& os) { return os.now() + 20ms; }

inline std::span<const std::byte> as_bytes(std::string_view text) { return std::as_bytes(std::span(text)); }

inline void write_all(mp::Os& os, mp::Descriptor fd, std::span<const std::byte> bytes) {
  while (!bytes.empty())
    bytes = bytes.subspan(value_of(mp::uninterrupted([&] { return os.write(fd, bytes); }), "write"));
}

/// One read of at most this many bytes.
inline std::string read_some(mp::Os& os, mp::Descriptor fd, std::size_t bytes_max) {
  std::string text(bytes_max, '\0');
  const auto room = std::as_writable_bytes(std::span(text));
  text.resize(value_of(mp::uninterrupted([&] { return os.read(fd, room); }), "read"));
  return text;
}

inline std::string read_exactly(mp::Os& os, mp::Descriptor fd, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) {
    const std::string more = read_some(os, fd, bytes - text.size());
    demand(!more.empty(), "end of file came early");
    text += more;
  }
  return text;
}

inline std::string read_to_end(mp::Os& os, mp::Descriptor fd) {
  std::string text;
  while (true) {
    const std::string more = read_some(os, fd, 10'000);
    if (more.empty()) return text;
    text += more;
  }
}

template <class P>
struct BodyPayload;
template <class P>
struct BodyPayload<void (*)(mp::Os&, P)> {
  using Type = std::remove_cvref_t<P>;
};

/// Runs Body in a child; what it throws becomes exit status 1 and words on descriptor 2.
template <auto Body>
int live(std::span<const std::byte> bytes) {
  typename BodyPayload<decltype(Body)>::Type payload{};
  static_assert(std::is_trivially_copyable_v<decltype(payload)>);
  std::memcpy(&payload, bytes.data(), sizeof payload);
  mp::Os& os = mp::os();
  std::string words;
  try {
    Body(os, payload);
    return 0;
  } catch (const std::exception& exception) {
    words = std::string("in a child: ") + exception.what() + "\n";
  }
  static_cast<void>(os.write(2, as_bytes(words)));
  return 1;
}

/// Starts a child that runs Body, a function void(mp::Os&, const P&), on its Os and a copy of payload; it
/// ends with status 0 if that returns.
template <auto Body, class P>
mp::ProcessId start_child(mp::Os& os, const P& payload) {
  static_assert(std::is_same_v<typename BodyPayload<decltype(Body)>::Type, P>);
  return value_of(
      os.start_process(
          {.name = "child", .entry = &live<Body>, .payload = std::as_bytes(std::span(&payload, 1))}),
      "start_process");
}

/// The same by spawn, with these descriptors.
template <auto Body, class P>
mp::ProcessId spawn_child(mp::Os& os, const P& payload, std::span<const mp::Descriptor> descriptors) {
  static_assert(std::is_same_v<typename BodyPayload<decltype(Body)>::Type, P>);
  return value_of(os.start_process({.name = "child",
                                    .method = mp::StartMethod::spawn,
                                    .entry = &live<Body>,
                                    .payload = std::as_bytes(std::span(&payload, 1)),
                                    .descriptors = descriptors}),
                  "start_process by spawn");
}

inline mp::ProcessEnd wait_for(mp::Os& os, mp::ProcessId child) {
  return value_of(mp::uninterrupted([&] { return os.wait_process(child, mp::never); }), "wait_process");
}

inline void demand_success(mp::Os& os, mp::ProcessId child) {
  const mp::ProcessEnd end = wait_for(os, child);
  demand_equal(end.signal, 0, "signal that ended the child");
  demand_equal(end.status, 0, "exit status of the child");
}

/// A zeroed T in memory that children share.
template <class T>
T& share(mp::Os& os) {
  return *reinterpret_cast<T*>(value_of(mp::map_shared(os, sizeof(T)), "map_shared").data());
}

/// Sleeps until the word is no longer zero; misses no change and needs no polling.
inline void await_word(mp::Os& os, mp::Word& word) {
  while (os.load(word) == 0) {
    const mp::Result<void> woken = os.word_wait(word, 0, late(os));
    demand(woken || woken.error().value == EAGAIN, "word_wait gave up");
  }
}

inline void set_word(mp::Os& os, mp::Word& word) {
  os.store(word, 1);
  os.word_wake(word, 1'000);
}

/// A thread that runs a callable kept alive by the caller until it is joined.
inline mp::ThreadId start_thread(mp::Os& os, std::function<void()>& body) {
  return value_of(
      os.start_thread({.name = "thread",
                       .entry = [](void* argument) { (*static_cast<std::function<void()>*>(argument))(); },
                       .argument = &body}),
      "start_thread");
}

}  // namespace heddle::conformance
