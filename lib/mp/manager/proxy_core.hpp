// A proxy without its types: which object of which manager, and how many proxies of it there are. They are
// counted in a shared word: one more when a proxy is encoded for a child, one less when one is destroyed, and
// the last asks the server to release the object. So a proxy on its way into a child keeps the object alive
// (the cure of MGR-16), and counting costs no requests.
#pragma once

#include <cstdint>
#include <string>

#include <mp/codec/codec.hpp>
#include <mp/manager/protocol.hpp>
#include <mp/os/operation.hpp>
#include <mp/shared/shared_block.hpp>

namespace mp::manager {

struct ProxyState {
  Word proxies;  // in any process, or on the way to one; a process that is killed leaves its own behind
};

class ProxyCore {
 public:
  /// Makes a dict in the server at `address`. What ask() throws.
  ProxyCore(Os& os, std::string address, ObjectId manager, std::string_view name, Location where);
  ProxyCore(ProxyCore&& other) noexcept;
  ProxyCore& operator=(ProxyCore&& other) noexcept;
  ~ProxyCore();

  /// One request on behalf of `operation`. What ask() throws; a server that is gone is told as misuse.
  Reply ask(const Operation& operation, Method method, std::vector<Bytes> arguments, std::string words,
            Location where) const;

  ObjectId object() const { return object_; }
  void encode(Encoder& encoder) const;
  static ProxyCore decode(Decoder& decoder);

 private:
  ProxyCore(std::string address, SharedBlock<ProxyState> state, std::uint64_t number, ObjectId object,
            ObjectId manager);
  void let_go() noexcept;

  std::string address_;  // empty once moved from
  SharedBlock<ProxyState> state_;
  std::uint64_t number_ = 0;
  ObjectId object_;
  ObjectId manager_;
  Claim claim_;
  Claim manager_claim_;
};

}  // namespace mp::manager
