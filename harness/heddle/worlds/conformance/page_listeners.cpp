// What the page promises of listeners: their addresses in every family, files that stay, backlogs, what
// becomes of those who are not accepted, and how TCP differs from a unix socket when a peer has closed.
#include <heddle/worlds/conformance/os_page.hpp>
#include <heddle/worlds/conformance/page_steps.hpp>

namespace heddle::conformance {

namespace {

using mp::SocketAddress;

/// Letters that no other run on this machine uses at the same time.
std::string fresh_letters(mp::Os& os) {
  std::array<std::byte, 8> chance;
  os.random_bytes(chance);
  std::string letters;
  for (const std::byte byte : chance)
    for (const int digit : {std::to_integer<int>(byte >> 4), std::to_integer<int>(byte) & 15})
      letters += static_cast<char>('a' + digit);
  return letters;
}

std::string fresh_path(mp::Os& os) {
  return std::string(os.temporary_directory()) + "/heddle-page-" + fresh_letters(os);
}

mp::Descriptor listen(mp::Os& os, SocketAddress address, int backlog = 1) {
  return value_of(os.listen(address, backlog), "listen");
}

/// The loopback address that a listener is bound to.
SocketAddress address_of(mp::Os& os, mp::Descriptor listener) {
  return SocketAddress(value_of(os.ports(listener), "ports").own);
}

void close_all(mp::Os& os, std::initializer_list<mp::Descriptor> fds) {
  for (const mp::Descriptor fd : fds) value_of(os.close(fd), "close");
}

/// A caller and whom it reached, over TCP.
std::pair<mp::Descriptor, mp::Descriptor> tcp_pair(mp::Os& os) {
  const mp::Descriptor listener = listen(os, SocketAddress(0));
  const mp::Descriptor caller = value_of(os.connect(address_of(os, listener)), "connect");
  const mp::Descriptor accepted = value_of(os.accept(listener, late(os)), "accept");
  value_of(os.close(listener), "close");
  return {caller, accepted};
}

// --- addresses --------------------------------------------------------------------------------------------

void file_outlives_its_listener(mp::Os& os) {
  const std::string path = fresh_path(os);
  demand_failure(os.connect(path), ENOENT, "connect without a file");
  const mp::Descriptor first = listen(os, path);
  demand_failure(os.listen(path, 1), EADDRINUSE, "listen at a taken path");
  value_of(os.close(first), "close");
  demand_failure(os.connect(path), ECONNREFUSED, "connect to a file without a listener");
  demand_failure(os.listen(path, 1), EADDRINUSE, "listen at a file that was left");
  value_of(os.remove(path), "remove");
  demand_failure(os.connect(path), ENOENT, "connect to a removed file");
  demand_failure(os.remove(path), ENOENT, "remove a second time");
  const mp::Descriptor second = listen(os, path);
  const mp::Descriptor caller = value_of(os.connect(path), "connect to a file bound anew");
  value_of(os.remove(path), "remove while somebody listens");
  demand_failure(os.connect(path), ENOENT, "connect to a listener whose file is gone");
  close_all(os, {second, caller});
}

void removed_file_is_bound_by_another(mp::Os& os) {
  const std::string path = fresh_path(os);
  const mp::Descriptor first = listen(os, path);
  value_of(os.remove(path), "remove");
  const mp::Descriptor second = listen(os, path);
  const mp::Descriptor caller = value_of(os.connect(path), "connect");
  demand_failure(os.accept(first, mp::immediately), ETIMEDOUT, "accept by the one without a file");
  const mp::Descriptor accepted = value_of(os.accept(second, late(os)), "accept by the other");
  value_of(os.remove(path), "remove");
  close_all(os, {first, second, caller, accepted});
}

void files_live_in_directories(mp::Os& os) {
  const std::string directory = fresh_path(os);
  const std::string path = directory + "/socket";
  demand_failure(os.listen(path, 1), ENOENT, "listen in no directory");
  value_of(os.make_directory(directory), "make_directory");
  demand_failure(os.make_directory(directory), EEXIST, "make_directory a second time");
  demand_failure(os.make_directory(directory + "/a/b"), ENOENT, "make_directory in no directory");
  demand_failure(os.connect(directory), ECONNREFUSED, "connect to a directory");
  const mp::Descriptor listener = listen(os, path);
  demand_failure(os.remove(directory), ENOTEMPTY, "remove a directory with a file");
  value_of(os.remove(path), "remove the file");
  value_of(os.remove(directory), "remove the directory");
  value_of(os.close(listener), "close");
}

void malformed_addresses_are_refused(mp::Os& os) {
  demand_failure(os.listen("", 1), EINVAL, "listen at an empty name");
  demand_failure(os.connect(""), EINVAL, "connect to an empty name");
  demand_failure(os.listen(std::string(108, 'x'), 1), ENAMETOOLONG, "listen at a long name");
  demand_failure(os.connect(std::string(108, 'x')), ENAMETOOLONG, "connect to a long name");
}

void port_is_found_and_taken(mp::Os& os) {
  const mp::Descriptor listener = listen(os, SocketAddress(0));
  const SocketAddress address = address_of(os, listener);
  demand(address.port != 0, "no port was found");
  demand_failure(os.listen(address, 1), EADDRINUSE, "listen at a taken port");
  const mp::Descriptor other = listen(os, SocketAddress(0));
  demand(address_of(os, other) != address, "a taken port was found");
  value_of(os.close(listener), "close");
  demand_failure(os.connect(address), ECONNREFUSED, "connect to a closed port");
}

void port_can_be_taken_while_connections_live(mp::Os& os) {
  const mp::Descriptor first = listen(os, SocketAddress(0));
  const SocketAddress address = address_of(os, first);
  const mp::Descriptor caller = value_of(os.connect(address), "connect");
  const mp::Descriptor accepted = value_of(os.accept(first, late(os)), "accept");
  value_of(os.close(first), "close");
  const mp::Descriptor second = listen(os, address);
  write_all(os, caller, as_bytes("still"));
  demand(read_exactly(os, accepted, 5) == "still", "an accepted connection did not outlive its listener");
  close_all(os, {accepted, caller, second});
  value_of(os.close(listen(os, address)), "close");  // whatever lingers of the connection
}

void ports_are_told_to_both(mp::Os& os) {
  const mp::Descriptor listener = listen(os, SocketAddress(0));
  const mp::Ports listening = value_of(os.ports(listener), "ports of a listener");
  demand_equal(listening.peer, 0, "peer of a listener");
  const mp::Descriptor caller = value_of(os.connect(SocketAddress(listening.own)), "connect");
  const mp::Ports calling = value_of(os.ports(caller), "ports of a caller");
  const mp::Descriptor accepted = value_of(os.accept(listener, late(os)), "accept");
  demand_equal(calling.peer, listening.own, "the caller's peer");
  demand(value_of(os.ports(accepted), "ports") == mp::Ports{.own = calling.peer, .peer = calling.own},
         "the accepted side tells other ports");
  const auto [reader, writer] = value_of(os.pipe(), "pipe");
  demand_failure(os.ports(reader), ENOTSOCK, "ports of a pipe");
  const auto [a, b] = value_of(os.socketpair(), "socketpair");
  demand(value_of(os.ports(a), "ports") == mp::Ports{}, "a unix socket has a port");
}

void tcp_carries_both_ways(mp::Os& os) {
  const auto [caller, accepted] = tcp_pair(os);
  write_all(os, caller, as_bytes("there"));
  write_all(os, accepted, as_bytes("back"));
  demand(read_exactly(os, accepted, 5) == "there" && read_exactly(os, caller, 4) == "back",
         "the directions are not apart");
  value_of(os.close(caller), "close");
  demand(read_to_end(os, accepted).empty(), "no end of file");
}

// --- backlog ----------------------------------------------------------------------------------------------

constexpr int full_backlog = 1;

/// Connects as often as it takes to fill the backlog.
void fill_backlog(mp::Os& os, SocketAddress address) {
  for (int i = 0; i <= full_backlog; ++i) value_of(os.connect(address), "connect within the backlog");
}

struct Caller {
  std::array<char, 100> name;  // of a unix socket
  std::uint16_t port;          // otherwise
  mp::Word* about_to_call;
  SocketAddress address() const { return port != 0 ? SocketAddress(port) : SocketAddress(name.data()); }
};

Caller caller_of(mp::Os& os, SocketAddress address) {
  Caller caller{.name = {}, .port = address.port, .about_to_call = &share<mp::Word>(os)};
  address.name.copy(caller.name.data(), caller.name.size() - 1);
  return caller;
}

void call_and_say(mp::Os& os, const Caller& caller) {
  set_word(os, *caller.about_to_call);
  const mp::Descriptor fd = value_of(os.connect(caller.address()), "connect");
  write_all(os, fd, as_bytes("waited"));
}

void full_backlog_holds_callers_off(mp::Os& os, mp::Descriptor listener, SocketAddress address) {
  fill_backlog(os, address);
  const mp::Instant deadline = soon(os);
  demand_failure(os.connect(address, deadline), ETIMEDOUT, "connect beyond the backlog");
  demand(os.now() >= deadline, "connect gave up before its deadline");
  const Caller caller = caller_of(os, address);
  const mp::ProcessId child = start_child<&call_and_say>(os, caller);
  await_word(os, *caller.about_to_call);
  for (int i = 0; i <= full_backlog; ++i) value_of(os.accept(listener, late(os)), "accept");
  const mp::Descriptor last = value_of(os.accept(listener, late(os)), "accept of the one that waited");
  demand(read_exactly(os, last, 6) == "waited", "it says something else");
  demand_success(os, child);
}

void full_backlog_of_a_unix_socket(mp::Os& os) {
  const std::string name = "@heddle-page-" + fresh_letters(os);
  full_backlog_holds_callers_off(os, listen(os, name, full_backlog), name);
}

void full_backlog_of_a_port(mp::Os& os) {
  const mp::Descriptor listener = listen(os, SocketAddress(0), full_backlog);
  full_backlog_holds_callers_off(os, listener, address_of(os, listener));
}

void call_and_be_refused(mp::Os& os, const Caller& caller) {
  set_word(os, *caller.about_to_call);
  demand_failure(os.connect(caller.address()), ECONNREFUSED, "connect to a listener that closes");
}

struct Closer {
  Caller caller;
  mp::Descriptor listener;
};

// In a child of its own, whose caller does not have the listener: a copy would keep it open.
void call_without_the_listener(mp::Os& os, const Closer& closer) {
  value_of(os.close(closer.listener), "close the copy");
  call_and_be_refused(os, closer.caller);
}

void closing_refuses_who_waits(mp::Os& os, mp::Descriptor listener, SocketAddress address) {
  fill_backlog(os, address);
  const Closer closer{.caller = caller_of(os, address), .listener = listener};
  const mp::ProcessId child = start_child<&call_without_the_listener>(os, closer);
  await_word(os, *closer.caller.about_to_call);
  os.sleep_until(soon(os));
  value_of(os.close(listener), "close");
  demand_success(os, child);
}

void closing_a_unix_listener_refuses_who_waits(mp::Os& os) {
  const std::string name = "@heddle-page-" + fresh_letters(os);
  closing_refuses_who_waits(os, listen(os, name, full_backlog), name);
}

void closing_a_port_refuses_who_waits(mp::Os& os) {
  const mp::Descriptor listener = listen(os, SocketAddress(0), full_backlog);
  closing_refuses_who_waits(os, listener, address_of(os, listener));
}

void closing_resets_who_is_not_accepted(mp::Os& os, mp::Descriptor listener, SocketAddress address) {
  const mp::Descriptor caller = value_of(os.connect(address), "connect");
  value_of(os.close(listener), "close");
  std::array<std::byte, 1> into{};
  demand_failure(os.read(caller, into), ECONNRESET, "read by a caller who was not accepted");
  demand(read_some(os, caller, 1).empty(), "no end of file after the reset");
  demand_failure(os.write(caller, as_bytes("x")), EPIPE, "write by a caller who was not accepted");
}

void closing_a_unix_listener_resets(mp::Os& os) {
  const std::string name = "@heddle-page-" + fresh_letters(os);
  closing_resets_who_is_not_accepted(os, listen(os, name), name);
}

void closing_a_port_resets(mp::Os& os) {
  const mp::Descriptor listener = listen(os, SocketAddress(0));
  closing_resets_who_is_not_accepted(os, listener, address_of(os, listener));
}

void caller_may_leave_before_it_is_accepted(mp::Os& os) {
  const mp::Descriptor listener = listen(os, SocketAddress(0));
  const mp::Descriptor caller = value_of(os.connect(address_of(os, listener)), "connect");
  write_all(os, caller, as_bytes("gone"));
  value_of(os.close(caller), "close");
  const mp::Descriptor accepted = value_of(os.accept(listener, late(os)), "accept");
  demand(read_to_end(os, accepted) == "gone", "what it left behind differs");
}

// --- a peer that has closed, over TCP ----------------------------------------------------------------------

// What comes back for the first write may be a moment on its way.
void demand_broken_soon(mp::Os& os, mp::Descriptor fd) {
  for (int i = 0; i < 100; ++i) {
    const mp::Result<std::size_t> written = os.write(fd, as_bytes("again"));
    if (!written) return demand_equal(written.error().value, EPIPE, "a later write: errno");
    os.sleep_until(soon(os));
  }
  throw std::runtime_error("writes to a closed peer go on succeeding");
}

void first_write_after_a_close_goes_nowhere(mp::Os& os) {
  const auto [caller, accepted] = tcp_pair(os);
  write_all(os, accepted, as_bytes("bye"));
  value_of(os.close(accepted), "close");
  demand_equal(static_cast<std::int64_t>(value_of(os.write(caller, as_bytes("x")), "the first write")), 1,
               "bytes written");
  demand_broken_soon(os, caller);
  demand(read_to_end(os, caller) == "bye", "what the peer wrote before its close is not what is read");
}

void tcp_reset_is_read_once(mp::Os& os) {
  const auto [caller, accepted] = tcp_pair(os);
  write_all(os, caller, as_bytes("never read"));
  write_all(os, accepted, as_bytes("bye"));
  value_of(os.close(accepted), "close");
  demand(read_some(os, caller, 10) == "bye", "what came before the reset is not what is read");
  std::array<std::byte, 10> into{};
  demand_failure(os.read(caller, into), ECONNRESET, "read after a reset");
  demand(read_some(os, caller, 10).empty(), "no end of file after the reset");
  demand_failure(os.write(caller, as_bytes("x")), EPIPE, "write after the reset");
}

void tcp_reset_is_told_to_a_writer(mp::Os& os) {
  const auto [caller, accepted] = tcp_pair(os);
  write_all(os, caller, as_bytes("never read"));
  write_all(os, accepted, as_bytes("bye"));
  value_of(os.close(accepted), "close");
  demand_failure(os.write(caller, as_bytes("x")), ECONNRESET, "write after a reset");
  demand_failure(os.write(caller, as_bytes("x")), EPIPE, "a second write");
  demand(read_to_end(os, caller) == "bye", "what came before the reset is not what is read");
}

void descriptors_do_not_travel_over_tcp(mp::Os& os) {
  const auto [caller, accepted] = tcp_pair(os);
  demand_failure(os.send_descriptor(caller, caller), EOPNOTSUPP, "send_descriptor over TCP");
  demand_failure(os.receive_descriptor(accepted), EOPNOTSUPP, "receive_descriptor over TCP");
  write_all(os, caller, as_bytes("x"));
  demand(read_exactly(os, accepted, 1) == "x", "a refused descriptor left a byte behind");
}

// --- death ------------------------------------------------------------------------------------------------

struct Server {
  std::array<char, 100> path;
  mp::Word* is_ready;
};

void listen_for_ever(mp::Os& os, const Server& server) {
  const mp::Descriptor listener = listen(os, server.path.data());
  set_word(os, *server.is_ready);
  const mp::Descriptor accepted = value_of(os.accept(listener, mp::never), "accept");
  write_all(os, accepted, as_bytes("hello"));
  os.sleep_until(mp::never);
}

void death_closes_sockets(mp::Os& os) {
  const std::string path = fresh_path(os);
  Server server{.path = {}, .is_ready = &share<mp::Word>(os)};
  path.copy(server.path.data(), server.path.size() - 1);
  const mp::ProcessId child = start_child<&listen_for_ever>(os, server);
  await_word(os, *server.is_ready);
  const mp::Descriptor caller = value_of(os.connect(path), "connect");
  demand(read_exactly(os, caller, 5) == "hello", "the server says something else");
  const mp::Descriptor waiting = value_of(os.connect(path), "a second connect");
  value_of(os.signal_process(child, mp::Signal::kill), "kill");
  demand(read_some(os, caller, 1).empty(), "no end of file from a killed server");
  std::array<std::byte, 1> into{};
  demand_failure(os.read(waiting, into), ECONNRESET,
                 "read by a caller whom a killed server had not accepted");
  demand_failure(os.connect(path), ECONNREFUSED, "connect to a killed server");
  demand_equal(wait_for(os, child).signal, 9, "signal that ended it");
  value_of(os.remove(path), "remove");
}

constexpr PageCheck checks[] = {
    {"A socket file outlives its listener", &file_outlives_its_listener},
    {"A removed file is bound by another", &removed_file_is_bound_by_another},
    {"Files live in directories", &files_live_in_directories},
    {"Malformed addresses are refused", &malformed_addresses_are_refused},
    {"A port is found and then taken", &port_is_found_and_taken},
    {"A port can be taken while connections live", &port_can_be_taken_while_connections_live},
    {"Ports are told to both sides", &ports_are_told_to_both},
    {"TCP carries both ways", &tcp_carries_both_ways},
    {"A full backlog of a unix socket holds callers off", &full_backlog_of_a_unix_socket},
    {"A full backlog of a port holds callers off", &full_backlog_of_a_port},
    {"Closing a unix listener refuses who waits", &closing_a_unix_listener_refuses_who_waits},
    {"Closing a port refuses who waits", &closing_a_port_refuses_who_waits},
    {"Closing a unix listener resets who is not accepted", &closing_a_unix_listener_resets},
    {"Closing a port resets who is not accepted", &closing_a_port_resets},
    {"A caller may leave before it is accepted", &caller_may_leave_before_it_is_accepted},
    {"The first write after a close goes nowhere over TCP", &first_write_after_a_close_goes_nowhere},
    {"A reset over TCP is read once", &tcp_reset_is_read_once},
    {"A reset over TCP is told to a writer", &tcp_reset_is_told_to_a_writer},
    {"Descriptors do not travel over TCP", &descriptors_do_not_travel_over_tcp},
    {"Death closes sockets", &death_closes_sockets},
};

}  // namespace

std::span<const PageCheck> listener_checks() { return checks; }

}  // namespace heddle::conformance
