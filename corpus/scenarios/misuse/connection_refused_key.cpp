// Two sides that do not have the same key, or of which one knows of none.
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_communication.hpp>
#include <string>

namespace heddle::misuse {
namespace {

using mp::AuthenticationKey;
using mp::Connection;

// A child is given a key of its own, and calls with that.
namespace key_of_the_child {

void call(const std::string& address) {
  try {
    Connection server = mp::Client(address, {.authkey = mp::current_process().authkey(), .name = "server"});
    server.recv<int>();
  } catch (const mp::AuthenticationError&) {
    // So much for that.
  }
}

template <bool is_fixed>
void body() {
  mp::Listener door({}, {.authkey = mp::current_process().authkey(), .name = "door"});
  const std::string address = std::get<std::string>(door.address());
  mp::Process caller(mp::fn<&call>, mp::args(address), {.name = "caller"});
  if (!is_fixed) caller.set_authkey(AuthenticationKey("a key for this one alone"));
  caller.start();
  try {
    door.accept().send(1);
  } catch (const mp::AuthenticationError&) {
  }
  caller.join();
}

}  // namespace key_of_the_child

// The client has been told of no key, takes the challenge for its greeting and answers politely.
namespace no_key_at_all {

void call(const std::string& address) {
  Connection server = mp::Client(address, {.name = "server"});
  server.recv_bytes();
  server.send_bytes(std::as_bytes(std::span("good morning", 12)));
  try {
    server.recv_bytes();
  } catch (const mp::Error&) {
    // It is an abrupt server.
  }
}

void body() {
  mp::Listener door({}, {.authkey = AuthenticationKey("secret"), .name = "door"});
  const std::string address = std::get<std::string>(door.address());
  mp::Process caller(mp::fn<&call>, mp::args(address), {.name = "caller"});
  caller.start();
  try {
    door.accept();
  } catch (const mp::AuthenticationError&) {
  }
  caller.join();
}

void body_fixed() {
  mp::Listener door({}, {.name = "door"});
  const std::string address = std::get<std::string>(door.address());
  mp::Process caller(mp::fn<&call>, mp::args(address), {.name = "caller"});
  caller.start();
  Connection client = door.accept();
  client.send(std::string("who is there?"));
  client.recv_bytes();
  client.close();
  caller.join();
}

}  // namespace no_key_at_all

// A worker that was started before the key was changed has the old one.
namespace changed_too_late {

void work(mp::Connection& addresses, const AuthenticationKey& key) {
  try {
    Connection server = mp::Client(addresses.recv<std::string>(), {.authkey = key, .name = "server"});
    server.send(1);
  } catch (const mp::AuthenticationError&) {
  }
}

template <bool is_fixed>
void body() {
  auto [addresses, sender] = mp::Pipe(mp::Duplex::no, {.name = "addresses"});
  AuthenticationKey key("monday");
  const AuthenticationKey next("tuesday");
  mp::Process worker(mp::fn<&work>, mp::args(addresses, is_fixed ? next : key), {.name = "worker"});
  worker.start();
  key = next;
  mp::Listener door({}, {.authkey = key, .name = "door"});
  sender.send(std::get<std::string>(door.address()));
  try {
    door.accept().recv<int>();
  } catch (const mp::AuthenticationError&) {
  }
  worker.join();
}

}  // namespace changed_too_late

}  // namespace

std::vector<Scenario> connection_refused_key() {
  const std::vector<ExpectedFinding> caught{{.rule = "connection-refused-key"}};
  return {
      {.name = "misuse/connection-refused-key-1",
       .summary = "a child that was given a key of its own calls its parent with that",
       .body = &key_of_the_child::body<false>,
       .expected = caught},
      {.name = "misuse/connection-refused-key-1-fixed",
       .summary = "a child calls its parent with the key that it has from it",
       .body = &key_of_the_child::body<true>},
      {.name = "misuse/connection-refused-key-2",
       .summary = "a client without a key takes a server's challenge for a greeting",
       .body = &no_key_at_all::body,
       .expected = caught},
      {.name = "misuse/connection-refused-key-2-fixed",
       .summary = "a client and a server without a key greet each other",
       .body = &no_key_at_all::body_fixed},
      {.name = "misuse/connection-refused-key-3",
       .summary = "a worker calls with the key of yesterday",
       .body = &changed_too_late::body<false>,
       .expected = caught},
      {.name = "misuse/connection-refused-key-3-fixed",
       .summary = "a worker calls with the key of today",
       .body = &changed_too_late::body<true>},
  };
}

}  // namespace heddle::misuse
