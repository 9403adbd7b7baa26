// Accepting, reading, granting, replying.
#include <mp/manager/server.hpp>

#include <chrono>

#include <mp/channel/framing.hpp>
#include <mp/errors.hpp>
#include <mp/os/operation.hpp>
#include <mp/process/thread.hpp>
#include <mp/shared/object_codec.hpp>

namespace mp::manager {

namespace {

std::optional<Request> decoded(std::span<const std::byte> message) {
  try {
    return decode_request(message);
  } catch (const DecodeError&) {
    return std::nullopt;
  }
}

}  // namespace

void ServerBirth::encode(Encoder& encoder) const {
  encoder.descriptor(listener, "Manager");
  encode_object(encoder, manager);
}

ServerBirth ServerBirth::decode(Decoder& decoder) {
  const Descriptor listener = decoder.descriptor();
  return {.listener = listener, .manager = decode_object(decoder)};
}

void Server::accept_from(Descriptor listener) {
  using namespace std::chrono_literals;
  Os& here = os();
  while (true) {
    Operation operation(here, Verb::accept, ObjectKind::manager, manager_, Location::current());
    const Result<Descriptor> connection = here.accept(listener, never);
    if (!connection) {
      const int error = connection.error().value;
      if (error != EMFILE && error != ENFILE && error != ECONNABORTED && error != EINTR) return;
      here.sleep_until(here.now() + 10ms);  // until a client goes; the one that waits stays in the backlog
      continue;
    }
    try {
      Thread thread([this, fd = *connection] { serve(fd); },
                    {.name = "connection", .daemon = true, .role = Role::helper});
      thread.start();
    } catch (const RuntimeError&) {
      static_cast<void>(here.close(*connection));  // no thread to be had: the client sees the end of file
    }
    operation.succeed();
  }
}

void Server::serve(Descriptor connection) {
  Os& here = os();
  bool must_end = false;
  while (serve_once(here, connection, must_end)) {
  }
  if (must_end) here.exit_process(0);
  static_cast<void>(here.close(connection));
}

bool Server::serve_once(Os& os, Descriptor connection, bool& must_end) {
  Operation operation(os, Verb::serve, ObjectKind::manager, manager_, Location::current());
  const tl::expected<Bytes, MessageFailure> message = read_message(os, connection);
  if (!message) return false;
  const std::optional<Request> request = decoded(*message);
  if (!request) return false;
  must_end = request->method == Method::shutdown;
  const std::optional<Reply> reply = grant(os, *request);
  if (!reply || !write_message(os, connection, encode(*reply))) return false;
  operation.succeed();
  return !must_end;
}

std::optional<Reply> Server::grant(Os& os, const Request& request) {
  const FutexGuard guard(os, mutex_);
  if (request.method == Method::shutdown) return Reply{};
  if (request.method == Method::create) {
    dicts_.try_emplace(++dicts_made_);
    return Reply{.status = Status::done, .values = {encode_message(dicts_made_)}};
  }
  const auto found = dicts_.find(request.number);
  if (found == dicts_.end()) {
    return Reply{.status = Status::failed,
                 .values = {encode_message(std::string("no such object in this manager"))}};
  }
  if (request.method == Method::release) {
    dicts_.erase(found);
    return Reply{};
  }
  // Caught before the guard's release: an exception in flight belongs to one task, a release may switch.
  try {
    return found->second.grant(os, request);
  } catch (const DecodeError&) {
    return std::nullopt;
  }
}

void run_server(const ServerBirth& birth) {
  Server server(birth.manager);
  server.accept_from(birth.listener);
  os().exit_process(1);  // at once, because the connections' threads still use the server
}

}  // namespace mp::manager
