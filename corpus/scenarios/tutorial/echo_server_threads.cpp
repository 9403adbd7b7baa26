// An echo server with a thread for each client: the threads share the process, and each has a connection of
// its own.
#include <memory>
#include <scenarios/tutorial/echo_client.hpp>
#include <scenarios/tutorial/tutorial.hpp>
#include <vector>

namespace heddle::tutorial {
namespace {

void body() {
  mp::Listener listener(mp::Address{}, {.backlog = echo_clients, .name = "echo"});
  std::string address = std::get<std::string>(listener.address());
  std::vector<mp::Process> clients;
  for (int number = 1; number <= echo_clients; ++number)
    clients.emplace_back(mp::fn<&ask_twice>, mp::args(address, number),
                         mp::ProcessOptions{.name = "asker-" + std::to_string(number)});
  for (mp::Process& client : clients) client.start();
  std::vector<mp::Thread> handlers;
  for (int number = 1; number <= echo_clients; ++number) {
    auto connection = std::make_shared<mp::Connection>(listener.accept());
    handlers.emplace_back([connection] { serve(*connection); },
                          mp::ThreadOptions{.name = "handler-" + std::to_string(number)});
    handlers.back().start();
  }
  for (mp::Thread& handler : handlers) handler.join();
  for (mp::Process& client : clients) client.join();
}

}  // namespace

Scenario echo_server_threads() {
  return {.name = "tutorial/echo-server-threads",
          .summary = "a server that has a thread for each of two clients and answers in upper case",
          .body = &body,
          .expected = {},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
