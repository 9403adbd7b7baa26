// What the page promises of sockets: pairs, listeners in the abstract namespace, backlog, refusal.
#include <heddle/worlds/conformance/os_page.hpp>
#include <heddle/worlds/conformance/page_steps.hpp>

namespace heddle::conformance {

namespace {

/// A name that no other run on this machine uses at the same time.
struct Address {
  std::array<char, 40> text;
  std::string_view view() const { return text.data(); }
};

Address fresh_address(mp::Os& os) {
  std::array<std::byte, 8> chance;
  os.random_bytes(chance);
  Address address{};
  std::string name = "@heddle-page-";
  for (const std::byte byte : chance) {
    for (const int digit : {std::to_integer<int>(byte >> 4), std::to_integer<int>(byte) & 15}) {
      name += static_cast<char>('a' + digit);
    }
  }
  name.copy(address.text.data(), address.text.size() - 1);
  return address;
}

void pair_carries_both_ways(mp::Os& os) {
  const auto [a, b] = value_of(os.socketpair(), "socketpair");
  write_all(os, a, as_bytes("to b"));
  write_all(os, b, as_bytes("to a"));
  demand(read_exactly(os, a, 4) == "to a" && read_exactly(os, b, 4) == "to b",
         "the directions are not apart");
}

void closed_peer_is_end_and_breakage(mp::Os& os) {
  const auto [a, b] = value_of(os.socketpair(), "socketpair");
  write_all(os, b, as_bytes("bye"));
  value_of(os.close(b), "close");
  demand(read_to_end(os, a) == "bye", "what the peer wrote before its close is not what is read");
  demand_failure(os.write(a, as_bytes("x")), EPIPE, "write to a closed peer");
}

void peer_with_unread_bytes_resets(mp::Os& os) {
  const auto [a, b] = value_of(os.socketpair(), "socketpair");
  write_all(os, a, as_bytes("never read"));
  write_all(os, b, as_bytes("bye"));
  value_of(os.close(b), "close");
  demand_failure(os.write(a, as_bytes("x")), EPIPE, "write to a closed peer");
  demand(read_some(os, a, 10) == "bye", "what came before the reset is not what is read");
  std::array<std::byte, 10> into{};
  demand_failure(os.read(a, into), ECONNRESET, "read after a reset");
  demand(read_some(os, a, 10).empty() && read_some(os, a, 10).empty(), "no end of file after the reset");
}

void echo_once(mp::Os& os, const Address& address) {
  const mp::Descriptor fd = value_of(os.connect(address.view()), "connect");
  write_all(os, fd, as_bytes("hello"));
  demand(read_exactly(os, fd, 6) == "answer", "the answer differs");
}

void listener_accepts_a_caller(mp::Os& os) {
  const Address address = fresh_address(os);
  const mp::Descriptor listener = value_of(os.listen(address.view(), 1), "listen");
  const mp::ProcessId caller = start_child<&echo_once>(os, address);
  const mp::Descriptor fd = value_of(os.accept(listener, late(os)), "accept");
  demand(read_exactly(os, fd, 5) == "hello", "the caller's words differ");
  write_all(os, fd, as_bytes("answer"));
  demand_success(os, caller);
  demand(read_some(os, fd, 1).empty(), "no end of file from a caller that has ended");
}

void backlog_connects_before_accept(mp::Os& os) {
  const Address address = fresh_address(os);
  const mp::Descriptor listener = value_of(os.listen(address.view(), 4), "listen");
  const mp::Descriptor caller = value_of(os.connect(address.view()), "connect without an accept");
  write_all(os, caller, as_bytes("early"));
  mp::PollItem item{.fd = listener};
  demand_equal(value_of(os.poll(std::span(&item, 1), mp::never), "poll"), 1, "listeners ready");
  const mp::Descriptor fd = value_of(os.accept(listener, mp::immediately), "accept");
  demand(read_exactly(os, fd, 5) == "early", "bytes sent before the accept differ");
}

void accept_waits_until_its_deadline(mp::Os& os) {
  const mp::Descriptor listener = value_of(os.listen(fresh_address(os).view(), 1), "listen");
  demand_failure(os.accept(listener, mp::immediately), ETIMEDOUT, "accept at once");
  const mp::Instant deadline = soon(os);
  demand_failure(os.accept(listener, deadline), ETIMEDOUT, "accept with a deadline");
  demand(os.now() >= deadline, "accept gave up before its deadline");
}

void nobody_listens(mp::Os& os) {
  demand_failure(os.connect(fresh_address(os).view()), ECONNREFUSED, "connect to nobody");
}

void names_are_taken_and_freed(mp::Os& os) {
  const Address address = fresh_address(os);
  const mp::Descriptor first = value_of(os.listen(address.view(), 1), "listen");
  demand_failure(os.listen(address.view(), 1), EADDRINUSE, "listen at a taken name");
  value_of(os.close(first), "close");
  demand_failure(os.connect(address.view()), ECONNREFUSED, "connect to a closed listener");
  value_of(os.listen(address.view(), 1), "listen at a freed name");
}

constexpr PageCheck checks[] = {
    {"A socket pair carries both ways", &pair_carries_both_ways},
    {"A closed peer is end of file to readers and EPIPE to writers", &closed_peer_is_end_and_breakage},
    {"A peer that closed with bytes unread resets once", &peer_with_unread_bytes_resets},
    {"A listener accepts a caller", &listener_accepts_a_caller},
    {"A caller connects before it is accepted", &backlog_connects_before_accept},
    {"Accept waits until its deadline and no longer", &accept_waits_until_its_deadline},
    {"Nobody listening is ECONNREFUSED", &nobody_listens},
    {"An address is free again when its listener closes", &names_are_taken_and_freed},
};

}  // namespace

std::span<const PageCheck> socket_checks() { return checks; }

}  // namespace heddle::conformance
