// What a proxy and a manager's server say to each other: one request, one reply, each a message of the
// channel's framing. Keys and values cross as bytes that only clients understand.
//
// Beside what is asked, a request carries what the server tells the Os when it grants it: which object the
// client speaks of, on behalf of which operation, and the value in words if somebody reads them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <mp/codec/codec.hpp>
#include <mp/os/annotation.hpp>

namespace mp::manager {

enum class Method : std::uint8_t {
  create,      // a new dict; gives its number
  release,     // the dict has no proxies any more
  shutdown,    // the server ends after its reply
  get,         // key; gives the value, or is missing
  set,         // key, value
  contains,    // key; done or missing
  size,        // gives the encoded number of items
  erase,       // key; done or missing
  pop,         // key; gives the value that it removes, or is missing
  setdefault,  // key, value; gives the value that is there now
  update,      // keys and values in turn
  keys,        // gives them in the order of insertion
  items,       // gives keys and values in turn
  clear,
};
inline constexpr Method last_method = Method::clear;

struct Request {
  Method method{};
  std::uint64_t number = 0;  // which dict; nothing for create and shutdown
  ObjectId object = ObjectId::none;
  Stamp stamp = Stamp::none;
  std::string words;  // the value that is stored; empty unless wanted
  std::vector<Bytes> arguments;
};

enum class Status : std::uint8_t {
  done,
  missing,  // the key is not there
  failed,   // the server cannot do it; the first value is its words
};
inline constexpr Status last_status = Status::failed;

struct Reply {
  Status status = Status::done;
  std::vector<Bytes> values;
};

Bytes encode(const Request& request);
Bytes encode(const Reply& reply);
/// DecodeError for whatever is not a request; nothing is believed.
Request decode_request(std::span<const std::byte> bytes);
Reply decode_reply(std::span<const std::byte> bytes);

}  // namespace mp::manager
