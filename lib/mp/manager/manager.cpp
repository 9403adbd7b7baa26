// Starting a server and ending it.
#include <mp/manager/manager.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <utility>

#include <mp/manager/client.hpp>
#include <mp/process/current_process.hpp>
#include <mp/process/process.hpp>
#include <mp/shared/exit_duty.hpp>
#include <mp/shared/os_failure.hpp>

namespace mp {

namespace {

/// An abstract name: the process for those who look, the random part against guesses and leftovers.
std::string fresh_address(Os& os) {
  std::array<std::byte, 8> random{};
  os.random_bytes(random);
  std::string address =
      std::string(1, '\0') + "heddle-" + std::to_string(static_cast<std::int32_t>(os.process_id())) + "-";
  for (const std::byte byte : random) {
    constexpr std::string_view digits = "0123456789abcdef";
    address += digits[static_cast<std::size_t>(byte) >> 4U];
    address += digits[static_cast<std::size_t>(byte) & 15U];
  }
  return address;
}

constexpr int backlog = 128;

}  // namespace

/// Shared with the exit sequence.
struct Manager::Running {
  enum class State : std::uint8_t { not_started, starting, running, shut_down, foreign };

  Running(manager::Home where, State initial)
      : home(std::make_shared<const manager::Home>(std::move(where))), state(initial) {}

  /// Makes the server. While a thread is at it, the state keeps the others out.
  void launch(Os& os, Location where);
  void shutdown(Location where);
  /// Settles the address for good.
  Descriptor listen(Os& os);
  void remove_file(Os& os) {
    if (!path.empty()) static_cast<void>(os.remove(path));
  }

  std::shared_ptr<const manager::Home> home;
  std::atomic<State> state;
  Claim claim = {};
  std::string name = {};
  std::vector<manager::Registered> types = {};
  std::optional<Process> process = {};
  std::string path = {};  // of the socket's file; empty: it has none
  ExitDuty at_exit = {};
};

Manager::Manager(const ManagerOptions& options, Location where) {
  Os& here = os();
  const ObjectId object = announce(here, ObjectKind::manager, options.name, where);
  manager::Home home{.server = {.address = manager::text_of(options.address),
                                .key = options.authkey.value_or(current_process().authkey())},
                     .manager = object};
  running_ = std::make_shared<Running>(std::move(home), Running::State::not_started);
  running_->claim = Claim(here, object);
  running_->name = options.name.empty() ? "manager" : std::string(options.name);
  if (options.start == ManagerOptions::Start::at_once) start(where);
}

Manager::Manager(std::shared_ptr<Running> running) : running_(std::move(running)) {}

// One request shows that somebody is there who accepts the key.
Manager Manager::connect(const Address& address, std::optional<AuthenticationKey> authkey,
                         std::string_view name, Location where) {
  Os& here = os();
  const ObjectId object = announce(here, ObjectKind::manager, name, where);
  Operation operation(here, Verb::connect, ObjectKind::manager, object, where);
  manager::Home home{.server = {.address = manager::text_of(address),
                                .key = std::move(authkey).value_or(current_process().authkey())},
                     .manager = object};
  manager::forget(here, home.server);
  manager::ask(here, home.server, manager::own_request(manager::own_method::count));
  Manager manager(std::make_shared<Running>(std::move(home), Running::State::foreign));
  manager.running_->claim = Claim(here, object);
  operation.succeed();
  return manager;
}

Manager::~Manager() {
  if (running_ != nullptr) running_->shutdown(Location::current());
}

void Manager::start(Location where) {
  Running& running = *running_;
  Running::State not_started = Running::State::not_started;
  if (!running.state.compare_exchange_strong(not_started, Running::State::starting))
    throw ProcessError("a manager that was started, or is another's, cannot be started");
  try {
    running.launch(os(), where);
  } catch (...) {
    running.state = Running::State::not_started;
    throw;
  }
  running.state = Running::State::running;
  running.at_exit.take_on(exit_priority::manager_shutdown, running_,
                          [](void* shared) { static_cast<Running*>(shared)->shutdown(Location::current()); });
}

void Manager::shutdown(Location where) {
  if (running_->state == Running::State::foreign)
    throw AttributeError("only the manager that was started can be shut down");
  running_->shutdown(where);
}

void Manager::add_type(manager::Registered type) {
  if (running_->state != Running::State::not_started)
    throw AssertionError("types are registered before a manager is started");
  running_->types.push_back(std::move(type));
}

Address Manager::address() const {
  const std::string& text = running_->home->server.address;
  return text.empty() ? Address() : manager::address_of(text);
}

const AuthenticationKey& Manager::authkey() const { return running_->home->server.key; }

ObjectId Manager::object() const { return running_->home->manager; }

const manager::Home& Manager::home() const { return *running_->home; }

manager::ProxyCore Manager::create_core(const manager::ProxyType& type, std::string_view type_id,
                                        std::vector<manager::Value> arguments,
                                        const manager::Naming& naming) {
  Os& here = os();
  Operation operation(here, Verb::connect, ObjectKind::manager, object(), naming.where);
  if (running_->state < Running::State::running) throw AssertionError("server not yet started");
  if (running_->state == Running::State::shut_down) {
    constexpr const char* words = "a manager that was shut down makes no objects";
    report_misuse(here, ObjectKind::manager, object(), "manager-use-after-shutdown", words, naming.where);
    throw AssertionError(words);
  }
  manager::ProxyCore core =
      manager::ProxyCore::create(running_->home, type, type_id, std::move(arguments), naming);
  operation.succeed();
  return core;
}

std::size_t Manager::number_of_objects(Location where) {
  Os& here = os();
  // Its own share: a thread that starts the manager settles another address meanwhile.
  const std::shared_ptr<const manager::Home> home = running_->home;
  Operation operation(here, Verb::qsize, ObjectKind::manager, home->manager, where);
  const manager::Reply reply =
      manager::ask(here, home->server, manager::own_request(manager::own_method::count));
  operation.succeed();
  return static_cast<std::size_t>(decode_message<std::uint64_t>(manager::only(reply).bytes));
}

NamespaceProxy Manager::Namespace(std::string_view name, Location where) {
  return make<NamespaceProxy>({}, {name, where});
}
LockProxy Manager::Lock(std::string_view name, Location where) { return make<LockProxy>({}, {name, where}); }
RLockProxy Manager::RLock(std::string_view name, Location where) {
  return make<RLockProxy>({}, {name, where, 1});
}
SemaphoreProxy Manager::Semaphore(int value, std::string_view name, Location where) {
  return make<SemaphoreProxy>({encoded(value)}, {name, where, value});
}
BoundedSemaphoreProxy Manager::BoundedSemaphore(int value, std::string_view name, Location where) {
  return make<BoundedSemaphoreProxy>({encoded(value)}, {name, where, value});
}
ConditionProxy Manager::Condition(std::string_view name, Location where) {
  return make<ConditionProxy>({}, {name, where});
}
EventProxy Manager::Event(std::string_view name, Location where) {
  return make<EventProxy>({}, {name, where});
}
BarrierProxy Manager::Barrier(int parties, Timeout timeout, std::string_view name, Location where) {
  return make<BarrierProxy>({encoded(parties), encoded(in_seconds(timeout))}, {name, where, parties});
}

PoolProxy Manager::Pool(std::optional<int> processes, const ManagedPoolOptions& options, Location where) {
  const manager::PoolRequest request{.processes = processes,
                                     .maxtasksperchild = options.maxtasksperchild,
                                     .name = std::string(options.name),
                                     .initializer = options.initializer.code,
                                     .initializer_arguments = options.initializer.arguments};
  return make<PoolProxy>({encoded(request)}, {options.name, where});
}

Descriptor Manager::Running::listen(Os& os) {
  manager::Home settled = *home;
  if (settled.server.address.empty()) settled.server.address = fresh_address(os);
  const Endpoint endpoint(manager::address_of(settled.server.address), std::nullopt);
  const Descriptor listener =
      demand(os.listen(endpoint.socket_address(), backlog), "cannot listen for a manager's clients");
  path = endpoint.path();
  if (endpoint.is_internet()) {
    InternetAddress internet = std::get<InternetAddress>(manager::address_of(settled.server.address));
    internet.port = demand(os.ports(listener), "cannot tell a manager's port").own;
    settled.server.address = manager::text_of(internet);
  }
  home = std::make_shared<const manager::Home>(std::move(settled));
  return listener;
}

void Manager::Running::launch(Os& os, Location where) {
  const Descriptor listener = listen(os);
  // The code of registered classes has an address, which means something to a child by fork alone.
  std::optional<StartMethod> method;
  if (!types.empty()) method = StartMethod::fork;
  const manager::ServerBirth birth{
      .listener = listener, .manager = home->manager, .key = home->server.key, .types = types};
  try {
    Process server(fn<&manager::run_server>, args(birth),
                   {.name = name, .role = Role::helper, .method = method}, where);
    server.start(where);
    process.emplace(std::move(server));
  } catch (...) {
    static_cast<void>(os.close(listener));
    remove_file(os);  // or the next attempt would find the address in use
    throw;
  }
  // The server's alone from here on: once it is dead, a connect is refused instead of waiting for ever.
  static_cast<void>(os.close(listener));
  manager::forget(os, home->server);
}

void Manager::Running::shutdown(Location where) {
  using namespace std::chrono_literals;
  State expected = State::running;
  if (!state.compare_exchange_strong(expected, State::shut_down)) return;
  Os& here = os();
  Operation operation(here, Verb::close, ObjectKind::manager, home->manager, where);
  at_exit.drop();
  try {
    manager::ask(here, home->server, manager::own_request(manager::own_method::shutdown));
  } catch (const Error&) {  // it is gone already
  }
  // Asked, then told, then made to (MGR-17).
  process->join(1s, where);
  if (!process->exitcode(where)) {
    process->terminate(where);
    process->join(1s, where);
  }
  if (!process->exitcode(where)) {
    process->kill(where);
    process->join(std::nullopt, where);
  }
  remove_file(here);
  manager::forget(here, home->server);
  operation.succeed();
}

}  // namespace mp
