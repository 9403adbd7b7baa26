// Binding, accepting, and what has to be tidied up.
#include <mp/channel/listener.hpp>

#include <array>
#include <string>
#include <utility>

#include <mp/channel/reception.hpp>
#include <mp/errors.hpp>
#include <mp/os/operation.hpp>
#include <mp/os/uninterrupted.hpp>
#include <mp/shared/exit_duty.hpp>
#include <mp/shared/object_codec.hpp>
#include <mp/shared/os_failure.hpp>
#include <mp/sync/futex_lock.hpp>

namespace mp {

namespace {

constexpr int unlink_priority = 0;

/// "heddle-5f0c..." where temporary files are: made, and the caller's to remove.
std::string make_private_directory(Os& os) {
  std::array<std::byte, 8> chance{};
  os.random_bytes(chance);
  std::string path = std::string(os.temporary_directory()) + "/heddle-";
  for (const std::byte byte : chance) {
    constexpr std::string_view digits = "0123456789abcdef";
    path += digits[static_cast<std::size_t>(byte) >> 4U];
    path += digits[static_cast<std::size_t>(byte) & 15U];
  }
  demand(os.make_directory(path), "cannot make a directory for a socket");
  return path;
}

bool is_missing(const Address& address) {
  const auto* const path = std::get_if<std::string>(&address);
  return std::holds_alternative<std::monostate>(address) || (path != nullptr && path->empty());
}

}  // namespace

/// Shared with the exit sequence and with those who watch whether it is open.
struct Listener::State {
  Descriptor fd = -1;  // -1: closed
  Address address;
  bool is_internet = false;
  std::string file;       // to remove; empty: none, or another process's
  std::string directory;  // the same
  std::optional<AuthenticationKey> key;
  Timeout handshake_timeout;
  std::optional<Reception> reception;  // with a key
  std::string name;
  FutexLock mutex;  // of the two below: several threads of a process may accept
  std::optional<Address> last_accepted;
  std::uint64_t accepted = 0;
  ObjectId object = ObjectId::none;
  Claim claim;
  ExitDuty at_exit;

  void listen(Os& os, const Address& wanted, const ListenerOptions& options);
  void prepare(Os& os);
  Descriptor accept(Os& os, Location where);
  std::string note_accepted(Os& os, Descriptor caller);
  void tidy_up(Os& os);
};

void Listener::State::listen(Os& os, const Address& wanted, const ListenerOptions& options) {
  address = wanted;
  if (is_missing(wanted) && options.family == Family::internet) address = InternetAddress{};
  const bool needs_file = is_missing(address);
  if (needs_file) {
    directory = make_private_directory(os);
    address = directory + "/listener";
  }
  const Endpoint endpoint(address, options.family);
  const Result<Descriptor> listening = os.listen(endpoint.socket_address(), options.backlog);
  if (!listening) {
    tidy_up(os);
    throw_os_error(listening.error(), "cannot listen at " + describe(address));
  }
  fd = *listening;
  file = endpoint.path();
  is_internet = endpoint.is_internet();
  if (is_internet)
    address = InternetAddress{.host = "127.0.0.1", .port = demand(os.ports(fd), "cannot ask for a port").own};
}

/// What is the same in a child.
void Listener::State::prepare(Os& os) {
  claim = Claim(os, object);
  if (key) reception.emplace(Reception::Terms{key->bytes(), handshake_timeout, object});
}

Descriptor Listener::State::accept(Os& os, Location where) {
  if (!reception) return demand(uninterrupted([&] { return os.accept(fd, never); }), "cannot accept");
  const tl::expected<Descriptor, HandshakeFailure> caller = reception->accept(os, fd, where);
  if (!caller) throw_handshake_failure(caller.error());
  return *caller;
}

void Listener::State::tidy_up(Os& os) {
  if (!file.empty()) static_cast<void>(os.remove(std::exchange(file, {})));
  if (!directory.empty()) static_cast<void>(os.remove(std::exchange(directory, {})));
}

Listener::Listener(std::shared_ptr<State> state) : state_(std::move(state)) {}

Listener::Listener(const Address& address, const ListenerOptions& options, Location where)
    : state_(std::make_shared<State>()) {
  Os& here = os();
  if (options.family == Family::pipe) throw ValueError("family AF_PIPE is not recognized on this system");
  state_->object = announce(here, ObjectKind::listener, options.name, where);
  state_->name = options.name;
  state_->key = options.authkey;
  state_->handshake_timeout = options.handshake_timeout;
  state_->listen(here, address, options);
  state_->prepare(here);
  if (state_->file.empty()) return;
  state_->at_exit.take_on(unlink_priority, state_,
                          [](void* state) { static_cast<State*>(state)->tidy_up(os()); });
}

Listener& Listener::operator=(Listener&& other) noexcept {
  std::swap(state_, other.state_);
  return *this;
}

Listener::~Listener() {
  if (state_ != nullptr) close();
}

Listener::State& Listener::open_state() const {
  if (is_closed()) throw OSError("listener is closed");
  return *state_;
}

// The name of the new connection.
std::string Listener::State::note_accepted(Os& os, Descriptor caller) {
  Address peer = std::string();
  if (is_internet) {
    const Result<Ports> ports = os.ports(caller);
    peer = InternetAddress{.host = "127.0.0.1", .port = ports ? ports->peer : std::uint16_t{0}};
  }
  const FutexGuard guard(os, mutex);
  last_accepted = std::move(peer);
  ++accepted;
  return name.empty() ? "" : name + "." + std::to_string(accepted);
}

Connection Listener::accept(Location where) {
  Os& here = os();
  Operation operation(here, Verb::accept, ObjectKind::listener, state_->object, where);
  State& state = open_state();
  const Descriptor fd = state.accept(here, where);
  const std::string name = state.note_accepted(here, fd);
  Connection connection(fd, Connection::Direction::both, {name}, where);
  operation.succeed();
  return connection;
}

void Listener::close(Location where) {
  if (is_closed()) return;
  Os& here = os();
  Operation operation(here, Verb::close, ObjectKind::listener, state_->object, where);
  state_->at_exit.drop();
  if (state_->reception) state_->reception->close(here);
  static_cast<void>(here.close(std::exchange(state_->fd, -1)));
  state_->tidy_up(here);
  state_->claim.drop();
  operation.succeed();
}

bool Listener::is_closed() const { return state_->fd < 0; }

const Address& Listener::address() const { return open_state().address; }

std::optional<Address> Listener::last_accepted() const {
  const FutexGuard guard(os(), state_->mutex);
  return state_->last_accepted;
}

ObjectId Listener::object() const { return state_->object; }

void Listener::encode(Encoder& encoder) const {
  const State& state = open_state();
  encoder.watch(
      [own = std::weak_ptr(state_)] {
        const auto it = own.lock();
        return it && it->fd >= 0;
      },
      "Listener");
  encoder.descriptor(state.fd, "Listener");
  encode_object(encoder, state.object);
  encoder.text(state.name);
  encode_address(encoder, state.address);
  encoder.boolean(state.key.has_value());
  if (state.key) state.key->encode(encoder);
  encoder.boolean(state.handshake_timeout.has_value());
  if (state.handshake_timeout) encoder.real(state.handshake_timeout->count());
}

Listener Listener::decode(Decoder& decoder) {
  auto state = std::make_shared<State>();
  state->fd = decoder.descriptor();
  state->object = decode_object(decoder);
  state->name = decoder.text();
  state->address = decode_address(decoder);
  state->is_internet = std::holds_alternative<InternetAddress>(state->address);
  if (decoder.boolean()) state->key = AuthenticationKey::decode(decoder);
  if (decoder.boolean()) state->handshake_timeout = std::chrono::duration<double>(decoder.real());
  state->prepare(os());
  return Listener(std::move(state));
}

}  // namespace mp
