// Waiting for an end of file that somebody holds off who has a copy of the sending end and no use for it.
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_communication.hpp>
#include <string>

namespace heddle::misuse {
namespace {

using mp::Connection;

template <class T>
int count_until_end(Connection& receiver) {
  int count = 0;
  try {
    while (true) {
      receiver.recv<T>();
      ++count;
    }
  } catch (const mp::EOFError&) {
    return count;
  }
}

// main reads what a worker reports until its end, with a sending end of its own in its hands.
namespace own_copy {

void report(Connection& sender) {
  sender.send(1);
  sender.send(2);
}

template <bool is_fixed>
void body() {
  auto [receiver, sender] = mp::Pipe(mp::Duplex::no, {.name = "reports"});
  mp::Process worker(mp::fn<&report>, mp::args(sender), {.name = "worker"});
  worker.start();
  if (is_fixed) sender.close();
  count_until_end<int>(receiver);
  worker.join();
}

}  // namespace own_copy

// Two workers with a pipe each; the second is forked while main still has the first one's sending end, and
// waits for main, which waits for the end of the first.
namespace handed_to_a_sibling {

void produce(Connection& sender) { sender.send(std::string("part")); }

void assemble(Connection& orders) { orders.recv<int>(); }

template <bool is_fixed>
void body() {
  auto [parts_in, parts_out] = mp::Pipe(mp::Duplex::no, {.name = "parts"});
  auto [orders_in, orders_out] = mp::Pipe(mp::Duplex::no, {.name = "orders"});
  mp::Process producer(mp::fn<&produce>, mp::args(parts_out), {.name = "producer"});
  mp::Process assembler(mp::fn<&assemble>, mp::args(orders_in), {.name = "assembler"});
  producer.start();
  if (is_fixed) parts_out.close();
  assembler.start();
  if (!is_fixed) parts_out.close();  // the plant: the assembler has inherited it by now
  orders_out.send(count_until_end<std::string>(parts_in));
  producer.join();
  assembler.join();
}

}  // namespace handed_to_a_sibling

// A server answers on a duplex pipe until its client hangs up. It has inherited the client's end as well.
namespace both_ends_of_a_socket {

void answer(Connection& server_end) {
  try {
    while (true) server_end.send(server_end.recv<int>() + 1);
  } catch (const mp::EOFError&) {
  }
}

void answer_alone(Connection& server_end, Connection& client_end) {
  client_end.close();
  answer(server_end);
}

void ask(Connection& client_end, mp::Process& server) {
  client_end.send(1);
  client_end.recv<int>();
  client_end.close();
  server.join();
}

void body() {
  auto [server_end, client_end] = mp::Pipe(mp::Duplex::yes, {"server", "client"});
  mp::Process server(mp::fn<&answer>, mp::args(server_end), {.name = "server"});
  server.start();
  server_end.close();
  ask(client_end, server);
}

void body_fixed() {
  auto [server_end, client_end] = mp::Pipe(mp::Duplex::yes, {"server", "client"});
  mp::Process server(mp::fn<&answer_alone>, mp::args(server_end, client_end), {.name = "server"});
  server.start();
  server_end.close();
  ask(client_end, server);
}

}  // namespace both_ends_of_a_socket

}  // namespace

std::vector<Scenario> pipe_end_left_open() {
  const std::vector<ExpectedFinding> caught{{.rule = "pipe-end-left-open"}};
  return {
      {.name = "misuse/pipe-end-left-open-1",
       .summary = "main reads a worker's reports until end of file and has the sending end open itself",
       .body = &own_copy::body<false>,
       .expected = caught},
      {.name = "misuse/pipe-end-left-open-1-fixed",
       .summary = "main closes its sending end and reads a worker's reports until end of file",
       .body = &own_copy::body<true>},
      {.name = "misuse/pipe-end-left-open-2",
       .summary = "a second worker is forked with the sending end of the first one's pipe",
       .body = &handed_to_a_sibling::body<false>,
       .expected = caught},
      {.name = "misuse/pipe-end-left-open-2-fixed",
       .summary = "main closes the first worker's sending end before it forks the second",
       .body = &handed_to_a_sibling::body<true>},
      {.name = "misuse/pipe-end-left-open-3",
       .summary = "a server waits for its client to hang up and has the client's end open itself",
       .body = &both_ends_of_a_socket::body,
       .expected = caught},
      {.name = "misuse/pipe-end-left-open-3-fixed",
       .summary = "a server closes the client's end that it inherited and waits for it to hang up",
       .body = &both_ends_of_a_socket::body_fixed},
  };
}

}  // namespace heddle::misuse
