// Listener and Client: the rows LIS-* of the contract.
#include <contract/caller.hpp>
#include <heddle/trial/rows.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;
using mp::Address;
using mp::Family;
using mp::InternetAddress;

/// An address of each family: to be made, abstract, a free port.
Address some_address(int family) {
  if (family == 0) return {};
  if (family == 1) return abstract_name();
  return InternetAddress{};
}

void families_are_inferred() {
  const mp::Listener file;
  check(std::holds_alternative<std::string>(file.address()), "the default is no file");
  const mp::Listener port(InternetAddress{.host = "localhost", .port = 0});
  const auto& found = std::get<InternetAddress>(port.address());
  check(found.host == "127.0.0.1" && found.port != 0, "the address is not the one that was bound");
  const mp::Listener any_port(Address{}, {.family = Family::internet});
  check(std::get<InternetAddress>(any_port.address()).port != found.port, "two listeners have one port");
  const std::string name = abstract_name();
  const mp::Listener abstract(name);
  check(abstract.address() == Address(name), "an abstract name is not kept");
}

void strange_families_are_refused() {
  check_throws<mp::ValueError>([] { mp::Listener listener("\\\\.\\pipe\\x"); }, "a path of AF_PIPE");
  check_throws<mp::ValueError>([] { mp::Listener listener(Address{}, {.family = Family::pipe}); },
                               "the family AF_PIPE");
  check_throws<mp::ValueError>([] { mp::Client("\\\\.\\pipe\\x"); }, "a Client of AF_PIPE");
  check_throws<mp::ValueError>([] { mp::Client(InternetAddress{}, {.family = Family::local}); },
                               "an address of another family");
}

template <int family>
void one_message() {
  mp::Listener listener(some_address(family));
  const mp::Thread caller = in_a_thread([&] {
    mp::Connection connection = mp::Client(listener.address());
    connection.send(std::string("hello"));
    check(connection.recv<std::string>() == "answer", "another answer comes back");
  });
  mp::Connection connection = listener.accept();
  check(connection.recv<std::string>() == "hello", "another message arrives");
  connection.send(std::string("answer"));
  caller.join();
}

void call_from_a_process(int& port) {
  mp::Client(InternetAddress{.host = "127.0.0.1", .port = static_cast<std::uint16_t>(port)}).send(port);
}

void a_process_calls() {
  mp::Listener listener(InternetAddress{});
  int port = std::get<InternetAddress>(listener.address()).port;
  mp::Process process(mp::fn<&call_from_a_process>, mp::args(port));
  process.start();
  mp::Connection connection = listener.accept();
  check(connection.recv<int>() == port, "another message arrives");
  process.join();
  check_throws<mp::EOFError>([&] { return connection.recv<int>(); }, "no end of file");
}

// A file that is made for a listener goes with its directory, so this one is elsewhere.
template <int family>
void address_is_in_use() {
  mp::Listener listener(family == 0 ? Address("./heddle-row-" + fresh_letters()) : some_address(family));
  bool is_refused = false;
  try {
    const mp::Listener second(listener.address());
  } catch (const mp::OSError& error) {
    is_refused = error.number() == EADDRINUSE;
  }
  check(is_refused, "an address in use is taken once more");
  const Address address = listener.address();
  listener.close();
  const mp::Listener again(address);
  check(again.address() == address, "a free address is not taken");
}

void port_comes_back_at_once() {
  mp::Listener listener(InternetAddress{});
  const Address address = listener.address();
  mp::Connection caller = mp::Client(address);
  mp::Connection accepted = listener.accept();
  listener.close();
  accepted.close();  // first, so it is this side that lingers
  caller.close();
  const mp::Listener again(address);
  check(again.address() == address, "the port of a server that has ended is not free");
}

void last_accepted_tells_who() {
  mp::Listener local;
  check(!local.last_accepted(), "somebody was accepted before anybody");
  const mp::Connection first = mp::Client(local.address());
  const mp::Connection second = local.accept();
  check(local.last_accepted() == Address(std::string()), "a unix socket's caller has an address");
  mp::Listener internet(InternetAddress{});
  const mp::Connection third = mp::Client(internet.address());
  const mp::Connection fourth = internet.accept();
  const auto peer = std::get<InternetAddress>(internet.last_accepted().value());
  check(peer.host == "127.0.0.1" && peer.port == mp::os().ports(third.fileno()).value().own,
        "the caller's address is another");
}

template <int family>
void close_ends_accepting() {
  mp::Listener listener(some_address(family));
  const Address address = listener.address();
  mp::Connection caller = mp::Client(address);
  mp::Connection accepted = listener.accept();
  listener.close();
  listener.close();
  check(listener.is_closed(), "it is not closed");
  check_throws<mp::OSError>([&] { listener.accept(); }, "accept() after close()");
  check_throws<mp::OSError>([&] { return listener.address(); }, "address() after close()");
  check_throws<mp::OSError>([&] { mp::Client(address); }, "a call after close()");
  caller.send(1);
  check(accepted.recv<int>() == 1, "an accepted connection does not survive");
}

void close_removes_the_file() {
  mp::Listener listener;
  const Address address = listener.address();
  listener.close();
  check_throws<mp::FileNotFoundError>([&] { mp::Client(address); }, "the file of a closed listener");
}

void nobody_listens() {
  check_throws<mp::FileNotFoundError>([] { mp::Client("./heddle-row-" + fresh_letters()); }, "no file");
  mp::Listener listener(InternetAddress{});
  const Address address = listener.address();
  listener.close();
  check_throws<mp::ConnectionRefusedError>([&] { mp::Client(address); }, "a closed port");
  check_throws<mp::ConnectionRefusedError>([] { mp::Client(abstract_name()); },
                                           "an abstract name of nobody's");
}

void caller_may_be_gone_already() {
  mp::Listener listener;
  mp::Client(listener.address()).send(std::string("hello"));
  mp::Connection connection = listener.accept();
  check(connection.recv<std::string>() == "hello", "what it said is lost");
  check_throws<mp::EOFError>([&] { return connection.recv<int>(); }, "no end of file");
}

void caller_polls_for_the_server() {
  mp::Listener listener(InternetAddress{});
  const mp::Thread server = in_a_thread([&] {
    mp::Connection connection = listener.accept();
    connection.send(std::string("hello"));
    connection.recv<int>();
  });
  mp::Connection connection = mp::Client(listener.address());
  check(connection.poll(std::nullopt), "nothing arrives");
  check(connection.recv<std::string>() == "hello", "another message arrives");
  connection.send(0);
  server.join();
}

void connections_travel_through_unix_sockets_only() {
  auto [receiver, sender] = mp::Pipe(mp::Duplex::no);
  mp::Listener local;
  mp::Connection caller = mp::Client(local.address());
  mp::Connection accepted = local.accept();
  caller.send(sender);
  accepted.recv<mp::Connection>().send(1);
  check(receiver.recv<int>() == 1, "a connection does not arrive");
  mp::Listener internet(InternetAddress{});
  mp::Connection over_tcp = mp::Client(internet.address());
  mp::Connection other_end = internet.accept();
  check_throws<mp::OSError>([&] { over_tcp.send(sender); }, "a Connection over TCP");
  over_tcp.send(2);
  check(other_end.recv<int>() == 2, "something was left behind by what was refused");
}

const Row rows[] = {
    {"LIS-01", "families are inferred, and addresses found", &families_are_inferred},
    {"LIS-01", "families that this system does not have are refused", &strange_families_are_refused},
    {"LIS-01", "one message there and back by a file", &one_message<0>},
    {"LIS-01", "one message there and back by an abstract name", &one_message<1>},
    {"LIS-01", "one message there and back by TCP", &one_message<2>},
    {"LIS-01", "another process calls", &a_process_calls},
    {"LIS-02", "a file in use is refused", &address_is_in_use<0>},
    {"LIS-02", "an abstract name in use is refused", &address_is_in_use<1>},
    {"LIS-02", "a port in use is refused", &address_is_in_use<2>},
    {"LIS-02", "a port comes back at once", &port_comes_back_at_once},
    {"LIS-02", "who was accepted last", &last_accepted_tells_who},
    {"LIS-03", "close() ends a file's listener", &close_ends_accepting<0>},
    {"LIS-03", "close() ends an abstract name's listener", &close_ends_accepting<1>},
    {"LIS-03", "close() ends a port's listener", &close_ends_accepting<2>},
    {"LIS-03", "close() removes the file", &close_removes_the_file},
    {"LIS-04", "nobody listens", &nobody_listens},
    {"PIPE-06", "a caller may be gone before it is accepted", &caller_may_be_gone_already},
    {"PIPE-05", "a caller polls for what the server sends", &caller_polls_for_the_server},
    {"PIPE-25", "connections travel through unix sockets and not over TCP",
     &connections_travel_through_unix_sockets_only},
};

HEDDLE_CONTRACT_ROWS(Listener, rows);

}  // namespace
}  // namespace heddle::trial
