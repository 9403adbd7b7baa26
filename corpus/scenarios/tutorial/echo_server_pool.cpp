// An echo server whose clients are served by the workers of a pool: each accepted connection is the argument
// of a task. The worker has a copy of its own, so the server lets go of its copy as soon as the task is
// submitted.
#include <scenarios/tutorial/echo_client.hpp>
#include <scenarios/tutorial/tutorial.hpp>
#include <vector>

namespace heddle::tutorial {
namespace {

void body() {
  mp::Listener listener(mp::Address{}, {.backlog = echo_clients, .name = "echo"});
  std::string address = std::get<std::string>(listener.address());
  mp::Pool pool(echo_clients, {.name = "pool"});
  std::vector<mp::Process> clients;
  for (int number = 1; number <= echo_clients; ++number)
    clients.emplace_back(mp::fn<&ask_twice>, mp::args(address, number),
                         mp::ProcessOptions{.name = "asker-" + std::to_string(number)});
  for (mp::Process& client : clients) client.start();
  for (int number = 1; number <= echo_clients; ++number) {
    const mp::Connection connection = listener.accept();
    pool.apply_async(mp::fn<&serve>, mp::args(connection));
  }
  pool.close();
  pool.join();
  for (mp::Process& client : clients) client.join();
}

}  // namespace

Scenario echo_server_pool() {
  return {
      .name = "tutorial/echo-server-pool",
      .summary = "a server that gives each of two clients to a worker of a pool and answers in upper case",
      .body = &body,
      .expected = {},
      .outcomes = {}};
}

}  // namespace heddle::tutorial
