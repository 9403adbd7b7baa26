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

struct Connections {
  ProcessId owner = ProcessId::none;
  std::map<std::string, Descriptor> by_address = {};

  void close_all(Os& os) {
    for (const auto& [address, fd] : by_address) static_cast<void>(os.close(fd));
    by_address.clear();
  }
};

void close_connections(void* connections) {
  const std::unique_ptr<Connections> owned(static_cast<Connections*>(connections));
  if (owned == nullptr) return;
  owned->close_all(os());
  task_state(os()).connections = nullptr;
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

Descriptor connect(Os& os, const ServerAddress& server) {
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
  connections.by_address.emplace(server.address, fd);
  return fd;
}

// After a failure the stream may be in the middle of a message, so it is of no more use.
void disconnect(Os& os, const ServerAddress& server) {
  Connections& connections = connections_of_task(os);
  const auto known = connections.by_address.find(server.address);
  static_cast<void>(os.close(known->second));
  connections.by_address.erase(known);
}

Descriptor send(Os& os, const ServerAddress& server, const Request& request) {
  const Bytes message = encode(request);
  const Descriptor fd = connect(os, server);
  if (const Result<void> written = write_message(os, fd, message); !written) {
    disconnect(os, server);
    throw_os_error(written.error(), "cannot ask a manager");
  }
  return fd;
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
  const Descriptor fd = send(os, server, request);
  const tl::expected<Bytes, MessageFailure> answer = read_message(os, fd);
  if (answer) return decode_reply(*answer);
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
  static_cast<void>(send(os, server, request));
}

}  // namespace mp::manager
