// A task's connection to a manager's server: made at the first request, kept in the task's slot, used by all
// its proxies to that manager (MGR-02), closed when the thread ends. A child by fork starts with empty slots,
// and a process that was forked behind the Os's back lets go of what it finds there, so nobody ever talks on
// its parent's connection (the cure of MGR-19).
#pragma once

#include <string>

#include <mp/channel/address.hpp>
#include <mp/errors.hpp>
#include <mp/manager/protocol.hpp>
#include <mp/os/os.hpp>
#include <mp/process/authentication_key.hpp>

namespace mp::manager {

/// An address in one text, by which connections are found again and which proxies carry.
std::string text_of(const Address& address);
/// DecodeError: it is none.
Address address_of(const std::string& text);

/// Where a server listens and how it is convinced.
struct ServerAddress {
  std::string address;  // text_of
  AuthenticationKey key;
};

/// Sends one request and waits for its reply. A server that is gone: OSError (ECONNREFUSED) for a new
/// connection; BrokenPipeError, EOFError or OSError for one that was there (MGR-17). The connection then is
/// closed and the next request tries a new one. AuthenticationError: it does not accept the key (MGR-18).
Reply exchange(Os& os, const ServerAddress& server, const Request& request);

/// Throws again what the object raised. RemoteError: the server failed (MGR-07).
void demand_done(const Reply& reply);

/// Both of these.
Reply ask(Os& os, const ServerAddress& server, const Request& request);

/// Sends one request that has no reply. The same otherwise.
void tell(Os& os, const ServerAddress& server, const Request& request);

/// Lets go of the calling task's connection to that address: another server is there now.
void forget(Os& os, const ServerAddress& server);

/// A request of the server's own methods.
template <class... T>
Request own_request(std::string_view method, const T&... arguments) {
  Request request{.method = std::string(method)};
  (request.arguments.push_back({.bytes = encode_message(arguments)}), ...);
  return request;
}

/// The only value of a reply. DecodeError: it has none or several.
inline const Value& only(const Reply& reply) {
  if (reply.values.size() != 1) throw DecodeError("a manager's reply is incomplete");
  return reply.values.front();
}

}  // namespace mp::manager
