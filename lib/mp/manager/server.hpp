// A manager's server: a process of its own that keeps the objects and grants requests. Its first task accepts
// connections; each connection has a helper thread (MGR-02). A request is granted whole under one lock, so a
// single call through a proxy is atomic (MGR-03).
//
// Whatever a connection sends, only that connection can come to harm by it: bytes that are no request close
// it. The server ends when it is asked to, and then at once: who waits for a reply gets the end of file.
#pragma once

#include <cstdint>
#include <map>
#include <optional>

#include <mp/manager/dict_object.hpp>
#include <mp/manager/protocol.hpp>
#include <mp/os/os.hpp>
#include <mp/sync/futex_lock.hpp>

namespace mp::manager {

/// What a server is born with: a listener, which it takes over, and its manager's name for reports.
struct ServerBirth {
  Descriptor listener = -1;
  ObjectId manager = ObjectId::none;

  void encode(Encoder& encoder) const;
  static ServerBirth decode(Decoder& decoder);
};

class Server {
 public:
  explicit Server(ObjectId manager) : manager_(manager) {}
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Accepts for as long as the listener works.
  void accept_from(Descriptor listener);

 private:
  void serve(Descriptor connection);
  /// One request and its reply. False: the connection is of no more use.
  bool serve_once(Os& os, Descriptor connection, bool& must_end);
  /// Absent: it is no request for that object.
  std::optional<Reply> grant(Os& os, const Request& request);

  const ObjectId manager_;
  FutexLock mutex_;  // of the two below; held while a request is granted
  std::map<std::uint64_t, DictObject> dicts_;
  std::uint64_t dicts_made_ = 0;
};

/// The target of the server's process. Returns only if the listener fails.
void run_server(const ServerBirth& birth);

}  // namespace mp::manager
