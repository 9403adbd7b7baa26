// Using a connection that the same process has closed.
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_communication.hpp>
#include <string>

namespace heddle::misuse {
namespace {

using mp::Connection;

// main gives its end up once the child has a copy, as one shall, and wants to tell the child to stop.
namespace stop_message {

void work(Connection& orders, Connection& boss) {
  boss.close();
  try {
    while (orders.recv<std::string>() != "stop") {
    }
  } catch (const mp::EOFError&) {
  }
}

template <bool is_fixed>
void body() {
  auto [orders, boss] = mp::Pipe(mp::Duplex::no, {.name = "orders"});
  mp::Process worker(mp::fn<&work>, mp::args(orders, boss), {.name = "worker"});
  worker.start();
  orders.close();
  boss.send(std::string("begin"));
  if (!is_fixed) boss.close();
  boss.send(std::string("stop"));
  if (is_fixed) boss.close();
  worker.join();
}

}  // namespace stop_message

// A thread polls for news, and main closes the connection as it needs no more of them. Both take a lock,
// which does not say who comes first.
namespace polled {

void tell(Connection& news) { news.send(1); }

void watch(Connection& receiver, mp::Lock& lock) {
  for (int i = 0; i < 3; ++i) {
    const mp::With held(lock);
    if (receiver.poll()) receiver.recv<int>();
  }
}

template <bool is_fixed>
void body() {
  auto pipe = mp::Pipe(mp::Duplex::yes, {"receiver", "news"});
  mp::Lock lock({.name = "lock"});
  mp::Process reporter(mp::fn<&tell>, mp::args(pipe.second), {.name = "reporter"});
  reporter.start();
  mp::Thread watcher([&] { watch(pipe.first, lock); }, {.name = "watcher"});
  watcher.start();
  if (is_fixed) watcher.join();
  {
    const mp::With held(lock);
    pipe.first.close();
  }
  if (!is_fixed) watcher.join();
  reporter.join();
}

}  // namespace polled

// A client that hangs up after each question, and has two.
namespace one_question_each {

void serve(mp::Listener& door, int calls) {
  for (int call = 0; call < calls; ++call) {
    Connection client = door.accept();
    try {
      while (true) client.send(client.recv<int>() + 1);
    } catch (const mp::EOFError&) {
    }
  }
}

int ask(Connection& server, int question) {
  server.send(question);
  const int answer = server.recv<int>();
  server.close();
  return answer;
}

void body() {
  mp::Listener door({}, {.name = "door"});
  const std::string address = std::get<std::string>(door.address());
  mp::Process server(mp::fn<&serve>, mp::args(door, 1), {.name = "server"});
  server.start();
  Connection line = mp::Client(address, {.name = "line"});
  ask(line, ask(line, 1));
  server.join();
}

void body_fixed() {
  mp::Listener door({}, {.name = "door"});
  const std::string address = std::get<std::string>(door.address());
  mp::Process server(mp::fn<&serve>, mp::args(door, 2), {.name = "server"});
  server.start();
  Connection line = mp::Client(address, {.name = "line"});
  const int first = ask(line, 1);
  line = mp::Client(address, {.name = "second-line"});
  ask(line, first);
  server.join();
}

}  // namespace one_question_each

}  // namespace

std::vector<Scenario> pipe_use_after_close() {
  const std::vector<ExpectedFinding> caught{{.rule = "pipe-use-after-close"}};
  return {
      {.name = "misuse/pipe-use-after-close-1",
       .summary = "main closes its sending end and sends the order to stop",
       .body = &stop_message::body<false>,
       .expected = caught},
      {.name = "misuse/pipe-use-after-close-1-fixed",
       .summary = "main sends the order to stop and closes its sending end",
       .body = &stop_message::body<true>},
      {.name = "misuse/pipe-use-after-close-2",
       .summary = "main closes a connection that a thread of its own polls",
       .body = &polled::body<false>,
       .expected = caught},
      {.name = "misuse/pipe-use-after-close-2-fixed",
       .summary = "main joins a thread that polls a connection and closes that",
       .body = &polled::body<true>},
      {.name = "misuse/pipe-use-after-close-3",
       .summary = "a client asks twice on a connection that is closed behind each answer",
       .body = &one_question_each::body,
       .expected = caught},
      {.name = "misuse/pipe-use-after-close-3-fixed",
       .summary = "a client calls again for its second question",
       .body = &one_question_each::body_fixed},
  };
}

}  // namespace heddle::misuse
