// A dict as a manager's server keeps it: keys and values as bytes. Each call is one request granted whole,
// with the server's lock held, and tells the Os what was touched in the step in which it happens.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <mp/manager/protocol.hpp>
#include <mp/os/os.hpp>

namespace mp::manager {

class DictObject {
 public:
  /// Does what a request for a dict asks. DecodeError: it has too few or too many arguments.
  Reply grant(Os& os, const Request& request);

 private:
  struct Entry {
    Bytes value;
    std::string words;         // of the value, as its writer said; empty: nobody wanted them
    std::uint64_t serial = 0;  // insertions come in this order
  };
  using Entries = std::map<Bytes, Entry>;

  Reply get(Os& os, const Request& request);
  Reply set(Os& os, const Request& request);
  Reply contains(Os& os, const Request& request);
  Reply size(Os& os, const Request& request);
  Reply erase(Os& os, const Request& request);
  Reply pop(Os& os, const Request& request);
  Reply set_default(Os& os, const Request& request);
  Reply update(Os& os, const Request& request);
  Reply list(Os& os, const Request& request, bool with_values);
  Reply clear(Os& os, const Request& request);

  void put(const Bytes& key, const Bytes& value, const std::string& words);

  Entries entries_;
  std::uint64_t insertions_ = 0;
};

/// The part of a dict that a key names: a hash of its bytes, never 0.
std::uint64_t part_of(std::span<const std::byte> key);

}  // namespace mp::manager
