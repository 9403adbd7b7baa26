// An echo server with a process for each client. The server closes its own copy of a connection once the
// process has one: it would hold off the end of file otherwise.
#include <scenarios/tutorial/echo_client.hpp>
#include <scenarios/tutorial/tutorial.hpp>
#include <vector>

namespace heddle::tutorial {
namespace {

void body() {
  mp::Listener listener(mp::Address{}, {.backlog = echo_clients, .name = "echo"});
  std::string address = std::get<std::string>(listener.address());
  std::vector<mp::Process> processes;
  for (int number = 1; number <= echo_clients; ++number)
    processes.emplace_back(mp::fn<&ask_twice>, mp::args(address, number),
                           mp::ProcessOptions{.name = "asker-" + std::to_string(number)});
  for (mp::Process& client : processes) client.start();
  for (int number = 1; number <= echo_clients; ++number) {
    mp::Connection connection = listener.accept();
    processes.emplace_back(mp::fn<&serve>, mp::args(connection),
                           mp::ProcessOptions{.name = "handler-" + std::to_string(number)});
    processes.back().start();
    connection.close();
  }
  for (mp::Process& process : processes) process.join();
}

}  // namespace

Scenario echo_server_processes() {
  return {.name = "tutorial/echo-server-processes",
          .summary = "a server that starts a process for each of two clients and answers in upper case",
          .body = &body,
          .expected = {},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
