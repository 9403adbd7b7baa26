// What a proxy and a manager's server say to each other: one request, one reply, each a message of the
// channel's framing. An object is named by its number, a method by its name, and arguments cross as bytes
// that only clients understand. No address of code is ever part of a request; a Pool's functions are places
// in an image of the server's (function_place.hpp).
//
// Beside what is asked, a request carries what the server tells the Os when it grants it: which object the
// client speaks of, on behalf of which operation, and values in words if somebody reads them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <mp/codec/codec.hpp>
#include <mp/codec/raised.hpp>
#include <mp/os/annotation.hpp>

namespace mp::manager {

/// An argument or a result: the bytes of one value, and the numbers of the server's own objects whose proxies
/// are in it. In an argument they say what the server has to keep for it, in a result what the receiver has
/// been given a reference to, one for each.
struct Value {
  Bytes bytes;
  std::vector<std::uint64_t> references = {};
  std::string words = {};  // of an argument that is stored; empty unless wanted
};

/// The server itself, for methods of its own (own_method).
inline constexpr std::uint64_t server_number = 0;

/// The methods of the server itself. Unless said otherwise the first argument is a number of an object, and
/// RemoteError says that there is no such object.
namespace own_method {
inline constexpr std::string_view create = "create";  // typeid, the constructor's arguments: gives a number
inline constexpr std::string_view take = "take";      // one reference more
inline constexpr std::string_view drop = "drop";      // one less; has no reply
inline constexpr std::string_view ticket = "ticket";  // a reference for a message on its way: its number
inline constexpr std::string_view claim = "claim";    // object, ticket: the message has come, its reference
inline constexpr std::string_view count = "count";    // no argument: gives how many objects there are
inline constexpr std::string_view shutdown = "shutdown";  // no argument: the server ends after its reply
}  // namespace own_method

struct Request {
  std::uint64_t number = server_number;  // which object
  std::string method;
  ObjectId object = ObjectId::none;
  Stamp stamp = Stamp::none;
  std::vector<Value> arguments = {};
};

enum class Status : std::uint8_t {
  done,
  raised,  // the object throws: the value is a Raised
  failed,  // the server cannot do it; the value is its words
};

struct Reply {
  Status status = Status::done;
  std::vector<Value> values = {};
};

Bytes encode(const Request& request);
Bytes encode(const Reply& reply);
/// DecodeError for whatever is not a request; nothing is believed.
Request decode_request(std::span<const std::byte> bytes);
Reply decode_reply(std::span<const std::byte> bytes);

/// For replies.
Reply done();
Reply done_with(Value value);
/// One value that the server makes itself: a number, a truth value, a text.
template <class T>
Reply done_with(const T& value) {
  return done_with(Value{.bytes = encode_message(value)});
}
Reply raised(const Raised& exception);
Reply failed(std::string_view words);

/// What a reply of status raised holds. DecodeError: something else.
Raised raised_of(const Reply& reply);

}  // namespace mp::manager
