// Callers for the rows about Listener, Client and authentication: a thread that calls and says what came of
// it, and a peer that speaks the protocol by hand.
#pragma once

#include <string>

#include <mp/channel/digest.hpp>
#include <mp/channel/framing.hpp>
#include <mp/channel/handshaking.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {

inline std::string text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline mp::Bytes bytes_of(std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

/// Letters that no other run on this machine uses at the same time.
inline std::string fresh_letters() {
  std::array<std::byte, 8> chance{};
  mp::os().random_bytes(chance);
  std::string letters;
  for (const std::byte byte : chance) {
    letters += static_cast<char>('a' + (std::to_integer<int>(byte) & 15));
    letters += static_cast<char>('a' + (std::to_integer<int>(byte) >> 4));
  }
  return letters;
}

/// An abstract name, in Python's spelling.
inline std::string abstract_name() { return std::string(1, '\0') + "heddle-row-" + fresh_letters(); }

/// A thread that runs this until it is joined; what leaves it is kept for whoever joins.
template <class Body>
mp::Thread in_a_thread(Body body) {
  mp::Thread thread(std::move(body), {.name = "other"});
  thread.start();
  return thread;
}

/// What came of a call: what was received, or the name of what was thrown.
template <class Call>
std::string outcome_of(Call call) {
  try {
    return call();
  } catch (const mp::AuthenticationError& error) {
    return std::string("AuthenticationError: ") + error.what();
  } catch (const mp::AssertionError&) {
    return "AssertionError";
  } catch (const mp::TimeoutError&) {
    return "TimeoutError";
  } catch (const mp::EOFError&) {
    return "EOFError";
  } catch (const mp::OSError&) {
    return "OSError";
  }
}

inline std::string call_and_receive(const mp::Address& address, const mp::ClientOptions& options) {
  return outcome_of([&] { return mp::Client(address, options).recv<std::string>(); });
}

/// One side of a connection that says exactly what a row tells it, and closes at the end.
class Peer {
 public:
  explicit Peer(mp::Descriptor fd) : fd_(fd) {}
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;
  ~Peer() { close(); }

  void say(std::string_view message) {
    static_cast<void>(mp::write_message(mp::os(), fd_, bytes_of(message)));
  }
  /// The next message; "end" if there is none.
  std::string hear() {
    const auto message = mp::read_message(mp::os(), fd_);
    return message ? text_of(*message) : "end";
  }
  void close() {
    if (fd_ >= 0) static_cast<void>(mp::os().close(std::exchange(fd_, -1)));
  }

 private:
  mp::Descriptor fd_;
};

/// Somebody who calls and is no Client.
inline mp::Descriptor raw_call(const mp::Address& address) {
  return mp::os().connect(mp::Endpoint(address, std::nullopt).socket_address()).value();
}

}  // namespace heddle::trial
