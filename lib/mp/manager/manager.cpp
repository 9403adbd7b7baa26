// Starting a server and ending it.
#include <mp/manager/manager.hpp>

#include <array>
#include <chrono>

#include <mp/manager/client.hpp>
#include <mp/manager/server.hpp>
#include <mp/process/process.hpp>
#include <mp/shared/os_failure.hpp>

namespace mp {

namespace {

/// "@heddle-1234-5f0c...": the process for those who look, the random part against guesses and leftovers.
std::string fresh_address(Os& os) {
  std::array<std::byte, 8> random{};
  os.random_bytes(random);
  std::string address = "@heddle-" + std::to_string(static_cast<std::int32_t>(os.process_id())) + "-";
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
  Running(std::string at, ObjectId object_id, Process server)
      : address(std::move(at)), object(object_id), claim(os(), object_id), process(std::move(server)) {}

  void shutdown(Location where);

  const std::string address;
  const ObjectId object;
  const Claim claim;
  Process process;
  bool is_shut_down = false;
  ExitDuty at_exit;
};

Manager::Manager(NameOption options, Location where) {
  Os& here = os();
  const ObjectId object = announce(here, ObjectKind::manager, options.name, where);
  const std::string address = fresh_address(here);
  const Descriptor listener = demand(here.listen(address, backlog), "cannot listen for a manager's clients");
  const manager::ServerBirth birth{.listener = listener, .manager = object};
  try {
    Process server(
        fn<&manager::run_server>, args(birth),
        {.name = options.name.empty() ? std::string_view("manager") : options.name, .role = Role::helper},
        where);
    server.start(where);
    running_ = std::make_shared<Running>(address, object, std::move(server));
  } catch (...) {
    static_cast<void>(here.close(listener));
    throw;
  }
  // The server's alone from here on: once it is dead, a connect is refused instead of waiting for ever.
  static_cast<void>(here.close(listener));
  running_->at_exit.take_on(exit_priority::manager_shutdown, running_, [](void* running) {
    static_cast<Running*>(running)->shutdown(Location::current());
  });
}

Manager::~Manager() {
  if (running_ != nullptr) running_->shutdown(Location::current());
}

void Manager::shutdown(Location where) { running_->shutdown(where); }

const std::string& Manager::address() const { return running_->address; }

ObjectId Manager::object() const { return running_->object; }

manager::ProxyCore Manager::create_dict(std::string_view name, Location where) {
  Os& here = os();
  Operation operation(here, Verb::connect, ObjectKind::manager, running_->object, where);
  if (running_->is_shut_down) {
    constexpr const char* words = "a manager that was shut down makes no objects";
    report_misuse(here, ObjectKind::manager, running_->object, "manager-use-after-shutdown", words, where);
    throw AssertionError(words);
  }
  manager::ProxyCore core(here, running_->address, running_->object, name, where);
  operation.succeed();
  return core;
}

void Manager::Running::shutdown(Location where) {
  using namespace std::chrono_literals;
  if (is_shut_down) return;
  is_shut_down = true;
  Os& here = os();
  Operation operation(here, Verb::close, ObjectKind::manager, object, where);
  at_exit.drop();
  try {
    manager::ask(here, address, {.method = manager::Method::shutdown, .words = {}, .arguments = {}});
  } catch (const Error&) {  // it is gone already
  }
  // Asked, then told, then made to (MGR-17).
  process.join(1s, where);
  if (!process.exitcode(where)) {
    process.terminate(where);
    process.join(1s, where);
  }
  if (!process.exitcode(where)) {
    process.kill(where);
    process.join(std::nullopt, where);
  }
  operation.succeed();
}

}  // namespace mp
