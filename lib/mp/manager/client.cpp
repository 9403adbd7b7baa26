// The calling task's connections, and one request over one of them.
#include <mp/manager/client.hpp>

#include <charconv>
#include <map>
#include <memory>

#include <mp/channel/framing.hpp>
#include <mp/channel/handshaking.hpp>
#include <mp/os/uninterrupted.hpp>
#include <mp/process/state.hpp>
#include <mp/shared/os_failure.hpp>

namespace mp::manager {

namespace {

constexpr char internet_mark = '\x01';  // no path begins with it

struct Link {
  Descriptor fd = -1;
  bool has_told = false;  // what has no reply, since it last had one
};

struct Connections {
  ProcessId owner = ProcessId::none;
  std::map<std::string, Link> by_address = {};

  void close_all(Os& os) {
    for (const auto& [address, connection] : by_address) static_cast<void>(os.close(connection.fd));
    by_address.clear();
  }
};

/// Waits until the server has done what it was told, so that who joins this task finds it done. Not for
/// ever: a server that does not answer keeps nobody from ending.
void settle(Os& os, const Link& connection) {
  using namespace std::chrono_literals;
  if (!connection.has_told || !write_message(os, connection.fd, encode(own_request(own_method::count))))
    return;
  PollItem item{.fd = connection.fd};
  const Instant deadline = os.now() + 1s;
  if (uninterrupted([&] { return os.poll(std::span(&item, 1), deadline); }))
    static_cast<void>(read_message(os, connection.fd));
}

void close_connections(void* connections) {
  const std::unique_ptr<Connections> owned(static_cast<Connections*>(connections));
  Os& here = os();
  if (owned->owner == here.process_id())
    for (const auto& [address, connection] : owned->by_address) settle(here, connection);
  owned->close_all(here);
  task_state(here).connections = nullptr;
  task_state(here).close_connections = nullptr;
}

Connections& connections_of_task(Os& os) {
  TaskState& task = task_state(os);
  if (task.connections == nullptr) {
    task.connections = new Connections{.owner = os.process_id()};
    task.close_connections = &close_connections;
  }
  auto& connections = *static_cast<Connections*>(task.connections);
  // Closing a copy says nothing on the connection, which is the parent's.
  if (connections.owner != os.process_id()) {
    connections.close_all(os);
    connections.owner = os.process_id();
  }
  return connections;
}

Link& connect(Os& os, const ServerAddress& server) {
  Connections& connections = connections_of_task(os);
  const auto known = connections.by_address.find(server.address);
  if (known != connections.by_address.end()) return known->second;
  const Endpoint endpoint(address_of(server.address), std::nullopt);
  const Descriptor fd =
      demand(uninterrupted([&] { return os.connect(endpoint.socket_address()); }), "cannot reach a manager");
  // Without a deadline: a server that does not answer would not answer the request either.
  try {
    authenticate(os, fd,
                 {.side = HandshakeSide::client, .key = server.key.bytes(), .kind = ObjectKind::manager});
  } catch (...) {
    static_cast<void>(os.close(fd));
    throw;
  }
  return connections.by_address.emplace(server.address, Link{.fd = fd}).first->second;
}

// After a failure the stream may be in the middle of a message, so it is of no more use.
void disconnect(Os& os, const ServerAddress& server) {
  static_cast<void>(os.close(connections_of_task(os).by_address.extract(server.address).mapped().fd));
}

Link& send(Os& os, const ServerAddress& server, const Request& request) {
  const Bytes message = encode(request);
  Link& connection = connect(os, server);
  if (const Result<void> written = write_message(os, connection.fd, message); !written) {
    disconnect(os, server);
    throw_os_error(written.error(), "cannot ask a manager");
  }
  return connection;
}

/// Says for a scope that the task waits for a server and not for what its operation is about.
class Asking {
 public:
  explicit Asking(Os& os) : os_(os) { tell(1); }
  ~Asking() { tell(0); }
  Asking(const Asking&) = delete;
  Asking& operator=(const Asking&) = delete;

 private:
  void tell(int number) {
    if (os_.is_listening()) os_.annotate({.kind = Annotation::Kind::asked, .number = number});
  }
  Os& os_;
};

}  // namespace

std::string text_of(const Address& address) {
  if (const auto* const path = std::get_if<std::string>(&address)) return *path;
  const auto* const internet = std::get_if<InternetAddress>(&address);
  if (internet == nullptr) return {};
  return internet_mark + std::to_string(internet->port) + ":" + internet->host;
}

Address address_of(const std::string& text) {
  if (!text.starts_with(internet_mark)) return text;
  InternetAddress internet;
  const char* const end = text.data() + text.size();
  const auto [after, error] = std::from_chars(text.data() + 1, end, internet.port);
  if (error != std::errc() || after == end || *after != ':') detail::refuse("an address is none");
  internet.host = std::string(after + 1, end);
  return internet;
}

Reply exchange(Os& os, const ServerAddress& server, const Request& request) {
  const Asking asking(os);
  Link& connection = send(os, server, request);
  const tl::expected<Bytes, MessageFailure> answer = read_message(os, connection.fd);
  if (answer) {
    connection.has_told = false;
    return decode_reply(*answer);
  }
  disconnect(os, server);
  throw_message_failure(answer.error());
}

void demand_done(const Reply& reply) {
  switch (reply.status) {
    case Status::done:
      return;
    case Status::raised:
      raise(raised_of(reply));
    case Status::failed:
      break;
  }
  throw RemoteError(decode_message<std::string>(only(reply).bytes));
}

Reply ask(Os& os, const ServerAddress& server, const Request& request) {
  Reply reply = exchange(os, server, request);
  demand_done(reply);
  return reply;
}

void forget(Os& os, const ServerAddress& server) {
  if (connections_of_task(os).by_address.contains(server.address)) disconnect(os, server);
}

void tell(Os& os, const ServerAddress& server, const Request& request) {
  send(os, server, request).has_told = true;
}

}  // namespace mp::manager
