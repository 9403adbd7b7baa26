// Accepting, reading, granting, replying.
#include <mp/manager/server.hpp>

#include <array>
#include <chrono>

#include <mp/channel/framing.hpp>
#include <mp/channel/handshaking.hpp>
#include <mp/errors.hpp>
#include <mp/manager/types/registry.hpp>
#include <mp/os/operation.hpp>
#include <mp/os/uninterrupted.hpp>
#include <mp/process/exit_sequence.hpp>
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

// An exception in flight belongs to one task: it is over before anything here lets another run.
template <class Do>
std::optional<Reply> guarded(Do&& what) {
  try {
    return what();
  } catch (const DecodeError& error) {
    return failed(error.what());
  } catch (...) {
    return raised(raised_now());
  }
}

std::uint64_t draw_number(Os& os) {
  std::uint32_t drawn = 0;
  os.random_bytes(std::as_writable_bytes(std::span(&drawn, 1)));
  return (std::uint64_t{drawn} << 16U) + 1;  // room for as many objects as anybody will make
}

/// Tells who watches whether the server keeps the operation waiting for somebody else's.
void tell_waiting(const Call& call, bool waits) {
  if (!call.os.is_listening()) return;
  call.os.annotate({.kind = Annotation::Kind::kept, .stamp = call.request.stamp, .number = waits ? 1 : 0});
}

}  // namespace

Server::Server(Os& os, ServerBirth birth) : birth_(std::move(birth)), objects_(os, draw_number(os)) {}

void Server::accept() {
  using namespace std::chrono_literals;
  Os& here = os();
  std::uint64_t clients = 0;
  while (true) {
    Operation operation(here, Verb::accept, ObjectKind::manager, birth_.manager, Location::current());
    const Result<Descriptor> connection = uninterrupted([&] { return here.accept(birth_.listener, never); });
    if (!connection) {
      const int error = connection.error().value;
      if (error != EMFILE && error != ENFILE && error != ECONNABORTED) return;
      here.sleep_until(here.now() + 10ms);  // until a client goes; the one that waits stays in the backlog
      continue;
    }
    try {
      Thread thread([this, fd = *connection, id = ClientId{++clients}] { serve(fd, id); },
                    {.name = "connection", .daemon = true, .role = Role::helper});
      thread.start();
    } catch (const RuntimeError&) {
      static_cast<void>(here.close(*connection));  // no thread to be had: the client sees the end of file
    }
    operation.succeed();
  }
}

void Server::serve(Descriptor connection, ClientId id) {
  Os& here = os();
  Client* known = nullptr;
  {
    const FutexGuard guard(here, mutex_);
    known = &clients_.emplace(id, Client{.id = id, .fd = connection}).first->second;
  }
  Client& client = *known;
  Next next = admit(here, connection) ? Next::serve_on : Next::hang_up;
  while (next == Next::serve_on) next = serve_once(here, client);
  if (next == Next::end) end(here);
  const std::array all{client.fd, client.wake_up.first, client.wake_up.second};
  {
    const FutexGuard guard(here, mutex_);
    clients_.erase(id);
  }
  for (const Descriptor fd : all)
    if (fd >= 0) static_cast<void>(here.close(fd));
}

bool Server::admit(Os& os, Descriptor connection) {
  using namespace std::chrono_literals;
  constexpr std::uint32_t patient_max = 64;
  Operation operation(os, Verb::accept, ObjectKind::manager, birth_.manager, Location::current());
  const bool is_crowded = os.fetch_add(strangers_, 1) >= patient_max;
  const bool is_known = shake_hands(os, connection,
                                    {.side = HandshakeSide::server,
                                     .key = birth_.key.bytes(),
                                     .deadline = is_crowded ? deadline_after(os, 10s) : never,
                                     .kind = ObjectKind::manager,
                                     .object = birth_.manager})
                            .has_value();
  os.fetch_add(strangers_, static_cast<std::uint32_t>(-1));
  if (is_known) operation.succeed();
  return is_known;
}

Server::Next Server::serve_once(Os& os, Client& client) {
  Operation operation(os, Verb::serve, ObjectKind::manager, birth_.manager, Location::current());
  const tl::expected<Bytes, MessageFailure> message = read_message(os, client.fd);
  if (!message) return Next::hang_up;
  std::optional<Request> request = decoded(*message);
  if (!request) return Next::hang_up;
  const bool is_own = request->number == server_number;
  Call call{.os = os, .objects = objects_, .request = *request, .client = client.id};
  for (Value& value : request->arguments) call.values.push_back(std::move(value));
  if (!grant(client, call)) return Next::hang_up;
  operation.succeed();
  if (is_own && request->method == own_method::drop) return Next::serve_on;
  const Next next = reply(client, call);
  return is_own && request->method == own_method::shutdown ? Next::end : next;
}

// What is read travels on behalf of whoever put it there.
Server::Next Server::reply(Client& client, Call& call) {
  if (call.os.is_listening()) call.os.annotate({.kind = Annotation::Kind::carry, .stamp = call.carried});
  if (write_message(call.os, client.fd, encode(*call.reply))) return Next::serve_on;
  undo(call);
  return Next::hang_up;
}

bool Server::grant(Client& client, Call& call) {
  if (call.request.number == server_number && call.request.method == own_method::create) {
    create(call);
    return true;
  }
  {
    const FutexGuard guard(call.os, mutex_);
    call.reply = prepare(call);
    const bool is_foreign = !call.reply && call.entry != nullptr && call.entry->body->is_foreign();
    if (!call.reply && call.entry == nullptr) call.reply = grant_own(call);
    if (call.reply || (!is_foreign && begin(client, call))) {
      let_go(call);
      return true;
    }
  }
  return call.is_waiting ? await(client, call) : grant_foreign(call);
}

// A reply: it is refused.
std::optional<Reply> Server::prepare(Call& call) {
  return guarded([&]() -> std::optional<Reply> {
    if (call.request.number != server_number) {
      call.entry = objects_.find(call.request.number);
      if (call.entry == nullptr) return failed("no such object in this manager");
    }
    for (Value& value : call.values) call.arguments.push_back(objects_.store(std::move(value)));
    return std::nullopt;
  });
}

// False: it waits, or has got its reply as one who waits.
bool Server::begin(Client& client, Call& call) {
  call.reply = guarded([&] { return call.entry->body->attempt(call); });
  if (!call.reply && call.deadline == immediately) {
    call.deadline = never;
    call.reply = guarded([&] { return call.entry->body->expire(call); });
  }
  if (!call.reply && !can_wake(client, call)) {
    // As if its time were up: what it gave up for the wait it has again, and who counts on it is told.
    if (!guarded([&] { return call.entry->body->expire(call); })) call.entry->body->withdraw(call);
    call.reply = failed("too many clients wait for this manager");
  }
  if (!call.reply) {
    call.is_waiting = true;
    call.wake_up = client.wake_up.second;
    call.entry->waiting.push_back(&call);
    if (call.deadline == never && call.entry->body->waits_for_clients()) tell_waiting(call, true);
  }
  settle(*call.entry);
  return !call.is_waiting;
}

bool Server::can_wake(Client& client, const Call& call) {
  if (client.wake_up.first >= 0) return true;
  const auto pipe = call.os.pipe();
  if (pipe) client.wake_up = *pipe;
  return pipe.has_value();
}

void Server::settle(Entry& entry) {
  for (bool goes_on = true; goes_on;) {
    goes_on = false;
    for (auto next = entry.waiting.begin(); next != entry.waiting.end();) {
      Call& call = **next++;
      std::optional<Reply> reply = guarded([&] { return entry.body->attempt(call); });
      if (!reply) continue;
      give(entry, call, *std::move(reply));
      goes_on = true;
    }
  }
}

// The byte before the lock is let go: whoever finds the reply finds the byte.
void Server::give(Entry& entry, Call& call, Reply reply) {
  call.reply = std::move(reply);
  entry.waiting.remove(&call);
  tell_waiting(call, false);
  static_cast<void>(write_all(call.os, call.wake_up, Bytes(1)));
}

bool Server::await(Client& client, Call& call) {
  while (true) {
    std::array items{PollItem{.fd = client.fd}, PollItem{.fd = client.wake_up.first}};
    const Result<int> ready = call.os.poll(items, call.deadline);
    const FutexGuard guard(call.os, mutex_);
    if (!look_again(client, call, ready, items[0].ready)) continue;
    const bool is_done = call.reply.has_value();
    let_go(call);
    return is_done;
  }
}

// False: it waits on. A client that speaks before it has its reply is as good as gone.
bool Server::look_again(Client& client, Call& call, const Result<int>& ready, bool client_is_ready) {
  Entry& entry = *call.entry;
  if (call.reply) {
    std::byte word{};
    static_cast<void>(call.os.read(client.wake_up.first, std::span(&word, 1)));
    return true;
  }
  if (ready && client_is_ready) {
    entry.waiting.remove(&call);
    tell_waiting(call, false);
    entry.body->withdraw(call);
    return true;
  }
  if (ready || ready.error().value != ETIMEDOUT) return false;
  call.deadline = never;
  call.reply = guarded([&] { return entry.body->expire(call); });
  if (call.reply) {
    entry.waiting.remove(&call);
  } else if (entry.body->waits_for_clients()) {
    tell_waiting(call, true);
  }
  settle(entry);
  return call.reply.has_value();
}

bool Server::grant_foreign(Call& call) {
  {
    const FutexGuard turn(call.os, call.entry->turn);
    call.reply = guarded([&] { return call.entry->body->attempt(call); });
  }
  const FutexGuard guard(call.os, mutex_);
  let_go(call);
  return true;
}

void Server::let_go(Call& call) {
  call.arguments.clear();
  call.held.clear();
  call.entry.reset();
  objects_.bury();
}

// Who waits comes before what is given back: a get that is undone serves the next getter.
void Server::undo(Call& call) {
  const FutexGuard guard(call.os, mutex_);
  call.entry = objects_.find(call.request.number);
  if (call.entry != nullptr) {
    call.entry->body->undo(call);
    settle(*call.entry);
  }
  for (const Value& value : call.reply->values)
    for (const std::uint64_t number : value.references)
      if (const auto entry = objects_.find(number)) objects_.drop(*entry);
  let_go(call);
}

void Server::change(const std::function<std::uint64_t()>& what) {
  const FutexGuard guard(os(), mutex_);
  if (const auto entry = objects_.find(what())) settle(*entry);
}

std::vector<Descriptor> Server::descriptors() {
  std::vector<Descriptor> all{birth_.listener};
  const FutexGuard guard(os(), mutex_);
  for (const auto& [id, client] : clients_)
    for (const Descriptor fd : {client.fd, client.wake_up.first, client.wake_up.second})
      if (fd >= 0) all.push_back(fd);
  return all;
}

// The exit sequence is for children alone: whatever else there is ends with the process.
void Server::end(Os& os) {
  bool has_children = false;
  {
    const FutexGuard guard(os, mutex_);
    has_children = has_children_;
  }
  if (has_children) finish_process();
  os.exit_process(0);
}

void run_server(const ServerBirth& birth) {
  Server server(os(), birth);
  server.accept();
  os().exit_process(1);  // at once, because the connections' threads still use the server
}

}  // namespace mp::manager
