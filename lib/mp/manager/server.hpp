// A manager's server: a process of its own that keeps the objects and grants requests. Its first task accepts
// connections; each connection has a helper thread (MGR-02). A call is granted whole under one lock, so a
// single call through a proxy is atomic (MGR-03).
//
// A call that has to wait is put on its object's list, and its thread waits for two things at once: a reply,
// which another thread gives it and says so through a pipe, and its client, which may go away. The pipe is
// made when a connection waits for the first time. Calls of objects that are code of the program's own take
// turns instead of the server's lock.
//
// Whatever a connection sends, only that connection can come to harm by it: bytes that are no request close
// it. The server ends when it is asked to, and then at once: who waits for a reply gets the end of file.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <mp/codec/code.hpp>
#include <mp/manager/objects.hpp>
#include <mp/manager/protocol.hpp>
#include <mp/os/os.hpp>
#include <mp/process/authentication_key.hpp>
#include <mp/sync/futex_lock.hpp>

namespace mp::manager {

/// A type that the program has registered: how its objects are made, or of which type the one object is that
/// all who create it share.
struct Registered {
  std::string name;
  std::unique_ptr<Object> (*make)(std::vector<Stored> arguments) = nullptr;
  std::string shared_type = {};  // if make is null
  Bytes shared_arguments = {};   // encoded as of a request
};

/// What a server is born with: a listener, which it takes over, and its manager's name for reports.
struct ServerBirth {
  Descriptor listener = -1;
  ObjectId manager = ObjectId::none;
  AuthenticationKey key = {};
  std::vector<Registered> types = {};

  void encode(Encoder& encoder) const;
  static ServerBirth decode(Decoder& decoder);
};

class Server final : private Surroundings {
 public:
  Server(Os& os, ServerBirth birth);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Accepts for as long as the listener works.
  void accept();
  /// Serves one client until it goes away or sends something that is no request.
  void serve(Descriptor connection, ClientId id);

 private:
  /// One client.
  struct Client {
    ClientId id = ClientId::none;
    Descriptor fd = -1;
    std::pair<Descriptor, Descriptor> wake_up = {-1, -1};  // a pipe; there is one once it has had to wait
  };
  enum class Next : std::uint8_t { serve_on, hang_up, end };

  /// Does the client have the key? (MGR-18) It may take its time as long as few others do: a caller that says
  /// nothing costs a thread and holds up nobody.
  bool admit(Os& os, Descriptor connection);
  Next serve_once(Os& os, Client& client);
  /// Replies, or gives back what the reply would have brought.
  Next reply(Client& client, Call& call);

  // Each gives the call its reply. False: its client is gone.
  bool grant(Client& client, Call& call);
  bool grant_foreign(Call& call);
  bool await(Client& client, Call& call);
  void create(Call& call);

  // With the lock held.
  std::optional<Reply> prepare(Call& call);
  std::optional<Reply> grant_own(Call& call);
  std::optional<Reply> refer(Call& call);
  bool begin(Client& client, Call& call);
  static bool can_wake(Client& client, const Call& call);
  Reply introduce(std::unique_ptr<Object> body, const Call& call);
  bool look_again(Client& client, Call& call, const Result<int>& ready, bool client_is_ready);
  /// Attempts those again who wait for the object, until nobody gets any further.
  void settle(Entry& entry);
  void give(Entry& entry, Call& call, Reply reply);
  void let_go(Call& call);

  void undo(Call& call);
  std::unique_ptr<Object> make(const std::string& name, ObjectId object, std::vector<Stored> arguments);
  void change(const std::function<std::uint64_t()>& what) override;
  std::vector<Descriptor> descriptors() override;
  /// Ends the process, after its children.
  void end(Os& os);
  const Registered* find_registered(const std::string& name) const;

  const ServerBirth birth_;
  Word strangers_;   // callers that have not shown the key yet
  FutexLock mutex_;  // of all below; held while a call is attempted
  Objects objects_;
  std::map<std::string, Hold> shared_;  // by the registered name
  std::map<ClientId, Client> clients_;  // those that are served
  bool has_children_ = false;           // an object had some, at some time
};

/// The target of the server's process. Returns only if the listener fails.
void run_server(const ServerBirth& birth);

}  // namespace mp::manager
