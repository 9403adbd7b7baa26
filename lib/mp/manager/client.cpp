// The calling task's connections, and one request over one of them.
#include <mp/manager/client.hpp>

#include <map>
#include <optional>

#include <mp/channel/framing.hpp>
#include <mp/process/state.hpp>
#include <mp/shared/os_failure.hpp>

namespace mp::manager {

namespace {

using Connections = std::map<std::string, Descriptor>;  // by address

void close_all(void* connections) {
  const std::unique_ptr<Connections> owned(static_cast<Connections*>(connections));
  if (owned == nullptr) return;
  Os& here = os();
  for (const auto& [address, fd] : *owned) static_cast<void>(here.close(fd));
}

Connections& connections_of_task(Os& os) {
  TaskState& task = task_state(os);
  if (task.connections == nullptr) {
    task.connections = new Connections;
    task.close_connections = &close_all;
  }
  return *static_cast<Connections*>(task.connections);
}

Descriptor connect(Os& os, const std::string& address) {
  Connections& connections = connections_of_task(os);
  const auto known = connections.find(address);
  if (known != connections.end()) return known->second;
  const Descriptor fd = demand(os.connect(address), "cannot reach a manager");
  connections.emplace(address, fd);
  return fd;
}

// After a failure the stream may be in the middle of a message, so it is of no more use.
void disconnect(Os& os, const std::string& address) {
  Connections& connections = connections_of_task(os);
  const auto known = connections.find(address);
  static_cast<void>(os.close(known->second));
  connections.erase(known);
}

}  // namespace

Reply ask(Os& os, const std::string& address, const Request& request) {
  const Bytes message = encode(request);
  const Descriptor fd = connect(os, address);
  if (const Result<void> written = write_message(os, fd, message); !written) {
    disconnect(os, address);
    throw_os_error(written.error(), "cannot ask a manager");
  }
  const tl::expected<Bytes, MessageFailure> answer = read_message(os, fd);
  if (!answer) {
    disconnect(os, address);
    throw_message_failure(answer.error());
  }
  Reply reply = decode_reply(*answer);
  if (reply.status != Status::failed) return reply;
  throw RemoteError(reply.values.empty() ? std::string("the manager failed")
                                         : decode_message<std::string>(reply.values[0]));
}

}  // namespace mp::manager
