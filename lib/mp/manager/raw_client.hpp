// A client of a manager's server that is nothing but a connection: it sends what no proxy would, and goes
// whenever it likes. For the tests beside it, on the real Os.
#pragma once

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>

#include <string>
#include <utility>

#include <mp/channel/framing.hpp>
#include <mp/channel/handshaking.hpp>
#include <mp/manager/client.hpp>
#include <mp/manager/manager.hpp>

namespace mp::manager {

class RawClient {
 public:
  explicit RawClient(const Manager& manager)
      : fd_(os().connect(Endpoint(manager.address(), std::nullopt).socket_address()).value()) {
    authenticate(os(), fd_, {.side = HandshakeSide::client, .key = manager.authkey().bytes()});
  }
  ~RawClient() { leave(); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  void leave() {
    if (fd_ >= 0) static_cast<void>(os().close(std::exchange(fd_, -1)));
  }
  Descriptor fileno() const { return fd_; }

  /// Asks and takes no reply; then waits until the server has seen that and has hung up.
  void ask_in_vain(const Request& request) {
    ASSERT_EQ(::shutdown(fd_, SHUT_RD), 0);
    tell(request);
    await_end();
  }
  /// Says that it goes; then waits until the server has seen that and has hung up.
  void go() {
    ASSERT_EQ(::shutdown(fd_, SHUT_WR), 0);
    await_end();
  }

  void tell(const Request& request) { ASSERT_TRUE(write_message(os(), fd_, encode(request)).has_value()); }
  Reply reply() { return decode_reply(read_message(os(), fd_).value()); }
  Reply ask(const Request& request) {
    tell(request);
    return reply();
  }

  /// A new object: its number.
  template <class... T>
  std::uint64_t create(const std::string& type_id, const T&... arguments) {
    return number_in(ask(own_request(own_method::create, type_id, arguments...)));
  }
  std::uint64_t number_of_objects() { return number_in(ask(own_request(own_method::count))); }

  static std::uint64_t number_in(const Reply& reply) {
    return decode_message<std::uint64_t>(reply.values.at(0).bytes);
  }

 private:
  void await_end() const {
    pollfd ended{.fd = fd_, .events = 0, .revents = 0};
    while ((ended.revents & POLLHUP) == 0) ::poll(&ended, 1, -1);
  }

  Descriptor fd_;
};

/// A call of an object's method; `inner`: an object to which the first argument refers.
template <class... T>
Request call_of(std::uint64_t number, std::string_view method, const T&... arguments) {
  Request request = own_request(method, arguments...);
  request.number = number;
  return request;
}
inline Request with_reference(Request request, std::uint64_t inner) {
  request.arguments.insert(request.arguments.begin(), {.bytes = encode_message(0), .references = {inner}});
  return request;
}

}  // namespace mp::manager
