// Authentication: the rows AUTH-* of the contract, but AUTH-08, which is a process's.
#include <contract/caller.hpp>
#include <heddle/trial/rows.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;
using mp::Address;
using mp::ClientOptions;
using mp::ListenerOptions;

mp::AuthenticationKey right_key() { return mp::AuthenticationKey("right"); }
mp::AuthenticationKey wrong_key() { return mp::AuthenticationKey("wrong"); }

std::string mac(std::string_view name, std::string_view message) {
  return text_of(mp::digest::keyed(name, right_key().bytes(), bytes_of(message)).value());
}

constexpr std::string_view challenge_word = "#CHALLENGE#";
const std::string old_challenge(20, 'r');

/// Answers a challenge of ours as CPython up to 3.11 does: MD5 over all of it.
std::string old_answer_to(const std::string& challenge) {
  check(challenge.starts_with(challenge_word), "no challenge");
  return mac("md5", challenge.substr(challenge_word.size()));
}

/// The other side of Client: what a server of that age says, by hand.
void serve_as_of_old(mp::Descriptor listener) {
  Peer peer(mp::os().accept(listener, mp::never).value());
  peer.say(std::string(challenge_word) + old_challenge);
  check(peer.hear() == mac("md5", old_challenge), "the answer is not the MD5 of what was asked");
  peer.say("#WELCOME#");
  peer.say(old_answer_to(peer.hear()));
  check(peer.hear() == "#WELCOME#", "a right answer is not welcome");
  check(peer.hear().size() == 5, "what follows the handshake is not there");  // "hello", as a text
}

void client_meets_an_old_server() {
  const std::string name = abstract_name();
  const mp::Descriptor listener = mp::os().listen("@" + name.substr(1), 1).value();
  const mp::Thread server = in_a_thread([&] { serve_as_of_old(listener); });
  mp::Connection connection = mp::Client(name, {.authkey = right_key()});
  connection.send_bytes(bytes_of("hello"));
  server.join();
}

void server_meets_an_old_client() {
  mp::Listener listener(Address{}, {.authkey = right_key()});
  const mp::Thread caller = in_a_thread([address = listener.address()] {
    Peer peer(raw_call(address));
    peer.say(old_answer_to(peer.hear()));
    check(peer.hear() == "#WELCOME#", "a right answer is not welcome");
    peer.say(std::string(challenge_word) + old_challenge);
    check(peer.hear() == mac("md5", old_challenge), "the answer is not the MD5 of what was asked");
    peer.say("#WELCOME#");
    peer.say("hello");
  });
  mp::Connection connection = listener.accept();
  check(text_of(connection.recv_bytes()) == "hello", "what follows the handshake is not there");
  caller.join();
}

void messages_are_capped() {
  mp::Listener listener(Address{}, {.authkey = right_key()});
  const mp::Thread caller = in_a_thread([address = listener.address()] {
    Peer peer(raw_call(address));
    peer.hear();
    peer.say(std::string(257, 'x'));
    check(peer.hear() == "end", "a message that is too long is answered");
  });
  check_throws<mp::AuthenticationError>([&] { listener.accept(); }, "a message of 257 bytes");
  caller.join();
}

void wrong_keys_are_refused() {
  mp::Listener listener(Address{}, {.authkey = right_key()});
  const mp::Thread caller = in_a_thread([address = listener.address()] {
    check(call_and_receive(address, {.authkey = wrong_key()}) ==
              "AuthenticationError: digest sent was rejected",
          "the client with the wrong key hears something else");
  });
  const std::string outcome = outcome_of([&] {
    listener.accept();
    return std::string("accepted");
  });
  check(outcome == "AuthenticationError: digest received was wrong", "the server says something else");
  caller.join();
}

void something_else_is_no_challenge() {
  const std::string name = abstract_name();
  const mp::Descriptor listener = mp::os().listen("@" + name.substr(1), 1).value();
  const mp::Thread server = in_a_thread([&] {
    Peer peer(mp::os().accept(listener, mp::never).value());
    peer.say("hello");
    check(peer.hear() == "end", "the client goes on");
  });
  check(call_and_receive(name, {.authkey = right_key()}) == "AssertionError", "no AssertionError");
  server.join();
}

void every_digest_is_answered() {
  for (const std::string digest : {"md5", "sha256", "sha384", "sha3_256", "sha3_384"}) {
    const auto [ours, theirs] = mp::os().socketpair().value();
    const mp::Thread client = in_a_thread([fd = theirs] {
      mp::authenticate(mp::os(), fd, {.side = mp::HandshakeSide::client, .key = right_key().bytes()});
    });
    Peer peer(ours);
    const std::string asked = "{" + digest + "}" + std::string(40, 'r');
    peer.say(std::string(challenge_word) + asked);
    check(peer.hear() == "{" + digest + "}" + mac(digest, asked), "another answer");
    peer.say("#WELCOME#");
    const std::string challenge = peer.hear().substr(challenge_word.size());
    check(challenge.starts_with("{sha256}") && challenge.size() == 48, "the challenge has another form");
    peer.say("{" + digest + "}" + mac(digest, challenge));
    check(peer.hear() == "#WELCOME#", "a right answer by this digest is refused");
    client.join();
    static_cast<void>(mp::os().close(theirs));
  }
}

void the_listener_lives_on() {
  mp::Listener listener(Address{}, {.backlog = 2, .authkey = right_key()});
  const mp::Thread wrong =
      in_a_thread([address = listener.address()] { call_and_receive(address, {.authkey = wrong_key()}); });
  check_throws<mp::AuthenticationError>([&] { listener.accept(); }, "a wrong key");
  wrong.join();
  const mp::Thread right = in_a_thread([address = listener.address()] {
    check(call_and_receive(address, {.authkey = right_key()}) == "served", "the next one is not served");
  });
  listener.accept().send(std::string("served"));
  right.join();
}

void silent_caller_delays_nobody() {
  mp::Listener listener(Address{}, {.backlog = 2, .authkey = right_key(), .handshake_timeout = 60s});
  const Peer silent(raw_call(listener.address()));
  const mp::Instant begin = mp::os().now();
  const mp::Thread caller = in_a_thread([address = listener.address()] {
    check(call_and_receive(address, {.authkey = right_key()}) == "served", "it is not served");
  });
  listener.accept().send(std::string("served"));
  caller.join();
  check(mp::os().now() - begin < 60s, "the next was served when the silent one had run out of time");
}

void silent_caller_is_dropped_in_time() {
  mp::Listener listener(Address{}, {.backlog = 2, .authkey = right_key(), .handshake_timeout = 0.3s});
  Peer silent(raw_call(listener.address()));
  const mp::Thread server = in_a_thread([&] { listener.accept().send(std::string("served")); });
  check(silent.hear().starts_with(challenge_word), "it is not challenged");
  check(silent.hear() == "end", "it is not dropped");
  check(call_and_receive(listener.address(), {.authkey = right_key()}) == "served", "the next is not served");
  server.join();
}

// Nobody answers it while the program is elsewhere, so that does not count.
void time_elsewhere_does_not_count() {
  mp::Listener listener(Address{}, {.backlog = 2, .authkey = right_key(), .handshake_timeout = 0.3s});
  Peer slow(raw_call(listener.address()));
  const mp::Thread first = in_a_thread([address = listener.address()] {
    check(call_and_receive(address, {.authkey = right_key()}) == "served", "the first is not served");
  });
  listener.accept().send(std::string("served"));
  first.join();
  mp::sleep(0.35s);
  const mp::Thread answer = in_a_thread([&] {
    slow.say(old_answer_to(slow.hear()));
    check(slow.hear() == "#WELCOME#", "it is dropped for time that was not its own");
    slow.say(std::string(challenge_word) + old_challenge);
    slow.hear();
    slow.say("#WELCOME#");
  });
  listener.accept();
  answer.join();
}

void vanishing_callers_are_no_matter() {
  mp::Listener listener(Address{}, {.backlog = 4, .authkey = right_key()});
  const Address address = listener.address();
  { const Peer at_once(raw_call(address)); }
  const mp::Thread others = in_a_thread([&] {
    {
      Peer after_the_challenge(raw_call(address));
      after_the_challenge.hear();
    }
    {
      Peer after_the_answer(raw_call(address));
      after_the_answer.say(old_answer_to(after_the_answer.hear()));
    }
    check(call_and_receive(address, {.authkey = right_key()}) == "served", "the last is not served");
  });
  listener.accept().send(std::string("served"));
  others.join();
}

void empty_key_is_a_key() {
  mp::Listener listener(Address{}, {.backlog = 2, .authkey = mp::AuthenticationKey()});
  const mp::Thread wrong = in_a_thread([address = listener.address()] {
    check(call_and_receive(address, {.authkey = wrong_key()}) ==
              "AuthenticationError: digest sent was rejected",
          "another key opens what an empty one protects");
  });
  check_throws<mp::AuthenticationError>([&] { listener.accept(); }, "another key than the empty one");
  wrong.join();
  const mp::Thread right = in_a_thread([address = listener.address()] {
    check(call_and_receive(address, {.authkey = mp::AuthenticationKey()}) == "served", "it is not served");
  });
  listener.accept().send(std::string("served"));
  right.join();
}

void client_without_a_key_sees_the_challenge() {
  mp::Listener listener(Address{}, {.authkey = right_key()});
  mp::Connection connection = mp::Client(listener.address());
  const mp::Thread server = in_a_thread([&] {
    check_throws<mp::AuthenticationError>([&] { listener.accept(); }, "a message that is no digest");
  });
  check(text_of(connection.recv_bytes()).starts_with(challenge_word), "it sees something else");
  connection.send_bytes(bytes_of("hello"));
  check(text_of(connection.recv_bytes()) == "#FAILURE#", "it is not told");
  server.join();
}

void server_without_a_key_says_nothing() {
  mp::Listener listener(Address{}, {.backlog = 2});
  const mp::Instant begin = mp::os().now();
  check(call_and_receive(listener.address(), {.authkey = right_key(), .handshake_timeout = 0.05s}) ==
            "TimeoutError",
        "it does not give up");
  check(mp::os().now() - begin >= 50ms, "it gives up too early");
  listener.accept();
  const mp::Thread server = in_a_thread([&] { listener.accept(); });  // and closes it at once
  check(call_and_receive(listener.address(), {.authkey = right_key()}) == "EOFError", "no end of file");
  server.join();
}

const Row rows[] = {
    {"AUTH-01", "a client meets a server as of old", &client_meets_an_old_server},
    {"AUTH-01 AUTH-03", "a server meets a client as of old", &server_meets_an_old_client},
    {"AUTH-01", "messages have at most 256 bytes", &messages_are_capped},
    {"AUTH-02", "a wrong key is refused on both sides", &wrong_keys_are_refused},
    {"AUTH-02", "what is no challenge is an AssertionError", &something_else_is_no_challenge},
    {"AUTH-03", "every digest is answered and accepted", &every_digest_is_answered, Granularity::op},
    {"AUTH-04", "a listener lives on after a wrong key", &the_listener_lives_on},
    {"AUTH-05", "a silent caller delays nobody", &silent_caller_delays_nobody},
    {"AUTH-05", "a silent caller is dropped in time", &silent_caller_is_dropped_in_time},
    {"AUTH-05", "time spent elsewhere does not count against a caller", &time_elsewhere_does_not_count},
    {"AUTH-05", "callers who vanish are no matter", &vanishing_callers_are_no_matter},
    {"AUTH-06", "an empty key is a key", &empty_key_is_a_key},
    {"AUTH-07", "a client without a key sees the challenge", &client_without_a_key_sees_the_challenge},
    {"AUTH-07", "a client with a key gives up on a server without", &server_without_a_key_says_nothing},
};

HEDDLE_CONTRACT_ROWS(Authentication, rows);

}  // namespace
}  // namespace heddle::trial
