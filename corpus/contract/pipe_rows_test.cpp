// Pipe and Connection: the rows PIPE-* of the contract. PIPE-17's number of writes is in lib's pipe_test.cpp.
// PIPE-18, PIPE-19 and PIPE-24 are hazards that are kept and promise nothing; PIPE-13 cannot be written down:
// a span of const bytes is no buffer to receive into, and every element is a byte.
#include <array>
#include <chrono>
#include <string>

#include <heddle/trial/rows.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;

mp::Bytes to_bytes(std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

mp::Bytes to_bytes(std::initializer_list<int> values) {
  mp::Bytes bytes;
  for (const int value : values) bytes.push_back(static_cast<std::byte>(value));
  return bytes;
}

void write_raw(mp::Connection& end, const mp::Bytes& bytes) {
  check(mp::os().write(end.fileno(), bytes).value() == bytes.size(), "a raw write was cut short");
}

template <class E>
std::string words_of(std::invocable auto&& call) {
  try {
    static_cast<void>(call());
  } catch (const E& error) {
    return error.what();
  }
  return "(nothing thrown)";
}

void ends_know_their_direction() {
  auto [receiver, sender] = mp::Pipe(mp::Duplex::no);
  check(receiver.readable() && !receiver.writable() && sender.writable() && !sender.readable(),
        "the ends of a one-way pipe are mixed up");
  check(words_of<mp::OSError>([&] { receiver.send(1); }) == "connection is read-only", "send to a receiver");
  check(words_of<mp::OSError>([&] { sender.recv<int>(); }) == "connection is write-only",
        "recv from a sender");
  check(words_of<mp::OSError>([&] { sender.poll(); }) == "connection is write-only", "poll of a sender");
  auto [a, b] = mp::Pipe();
  a.send(1);
  b.send(2);
  check(a.recv<int>() == 2 && b.recv<int>() == 1, "a duplex pipe carries one way");
}

void closed_is_closed() {
  auto [receiver, sender] = mp::Pipe(mp::Duplex::no);
  receiver.close();
  receiver.close();
  check(receiver.is_closed() && !sender.is_closed(), "the wrong end is closed");
  check(words_of<mp::OSError>([&] { receiver.send(1); }) == "handle is closed", "send on a closed end");
  check(words_of<mp::OSError>([&] { receiver.recv<int>(); }) == "handle is closed", "recv on a closed end");
  check(words_of<mp::OSError>([&] { receiver.poll(); }) == "handle is closed", "poll on a closed end");
  check_throws<mp::OSError>([&] { return receiver.fileno(); }, "a closed end has a descriptor");
  { const mp::Connection last(std::move(sender)); }
  check(sender.is_closed(), "an end that was moved away is open");
}

void messages_stay_apart() {
  auto [receiver, sender] = mp::Pipe(mp::Duplex::no);
  sender.send_bytes({});
  sender.send_bytes(to_bytes("two"));
  check(receiver.poll() && receiver.poll(), "an empty message is not readable, or poll took it");
  check(receiver.recv_bytes().empty(), "an empty message is another");
  check(receiver.recv_bytes() == to_bytes("two"), "a message is another");
  check(!receiver.poll() && !receiver.poll(-1s), "there is more than was sent");
}

void poll_waits_for_its_timeout() {
  auto [a, b] = mp::Pipe();
  const mp::Instant begin = mp::os().now();
  check(!a.poll(0.01s) && mp::os().now() - begin >= 10ms, "poll did not wait for its timeout");
  b.send(1);
  check(a.poll(std::nullopt), "poll without a timeout says no");
  b.close();
  check(a.recv<int>() == 1 && a.poll(), "the end of file does not count as readable");
}

void end_of_file_comes_with_the_last_copy() {
  auto [receiver, sender] = mp::Pipe(mp::Duplex::no);
  mp::Semaphore leave(0);
  mp::Process child(mp::fn<[](mp::Connection& end, mp::Semaphore& may_leave) {
                      end.send(1);
                      may_leave.acquire();
                    }>,
                    mp::args(sender, leave));
  child.start();
  sender.close();
  check(receiver.recv<int>() == 1, "another message was received");
  check(!receiver.poll(), "the end of file came with a copy still open");
  leave.release();
  for (int i = 0; i < 2; ++i)
    check_throws<mp::EOFError>([&] { receiver.recv<int>(); }, "recv after the last copy was closed");
  std::array<std::byte, 1> into{};
  check_throws<mp::EOFError>([&] { receiver.recv_bytes_into(into); }, "recv_bytes_into likewise");
  child.join();
}

void inherited_end_holds_off_the_end_of_file() {
  auto [receiver, sender] = mp::Pipe(mp::Duplex::no);
  mp::Semaphore leave(0);
  mp::Process child(mp::fn<[](mp::Semaphore& may_leave) { may_leave.acquire(); }>, mp::args(leave));
  child.start();  // it was given no end, but has a copy of each
  sender.close();
  check(!receiver.poll(), "the end of file came with a copy still open");
  leave.release();
  child.join();
  check_throws<mp::EOFError>([&] { receiver.recv<int>(); }, "recv after the last copy was closed");
}

void nobody_receives() {
  auto [receiver, sender] = mp::Pipe(mp::Duplex::no);
  receiver.close();
  check_throws<mp::BrokenPipeError>([&] { sender.send(1); }, "send to nobody");
  check_throws<mp::BrokenPipeError>([&] { sender.send_bytes({}); }, "an empty message to nobody");
}

void reset_is_told_once() {
  auto [a, b] = mp::Pipe();
  a.send(1);
  b.send(2);
  b.close();
  check(a.recv<int>() == 2, "what was sent before the close was not received");
  check_throws<mp::ConnectionResetError>([&] { a.recv<int>(); }, "no reset by a peer that left a message");
  for (int i = 0; i < 2; ++i) check_throws<mp::EOFError>([&] { a.recv<int>(); }, "no end after the reset");
}

void part_of_a_buffer_is_sent() {
  auto [receiver, sender] = mp::Pipe(mp::Duplex::no);
  const mp::Bytes bytes = to_bytes("abcdef");
  check_throws<mp::ValueError>([&] { sender.send_bytes(bytes, -1); }, "a negative offset");
  check_throws<mp::ValueError>([&] { sender.send_bytes(bytes, 7); }, "an offset beyond the end");
  check_throws<mp::ValueError>([&] { sender.send_bytes(bytes, 0, -1); }, "a negative size");
  check_throws<mp::ValueError>([&] { sender.send_bytes(bytes, 4, 3); }, "a size beyond the end");
  check(!receiver.poll(), "something was sent");
  sender.send_bytes(bytes, 2, 3);
  sender.send_bytes(bytes, 6);
  check(receiver.recv_bytes() == to_bytes("cde") && receiver.recv_bytes().empty(), "another part was sent");
}

void too_long_a_message_ends_receiving() {
  auto [a, b] = mp::Pipe();
  auto [receiver, sender] = mp::Pipe(mp::Duplex::no);
  a.send_bytes(to_bytes("abc"));
  a.send_bytes(to_bytes("abcd"));
  sender.send_bytes(to_bytes("abcd"));
  check_throws<mp::ValueError>([&] { b.recv_bytes(-1); }, "a negative length");
  check(b.recv_bytes(3) == to_bytes("abc"), "a message of exactly the length");
  check(words_of<mp::OSError>([&] { b.recv_bytes(3); }) == "bad message length", "one of more");
  check(words_of<mp::OSError>([&] { b.recv_bytes(); }) == "connection is write-only", "recv afterwards");
  b.send(1);
  check(a.recv<int>() == 1, "it cannot send any more");
  check_throws<mp::OSError>([&] { receiver.recv_bytes(3); }, "one of more");
  check(receiver.is_closed(), "a receive-only end is open after too long a message");
  check_throws<mp::BrokenPipeError>([&] { sender.send(1); }, "send to the end that was closed");
}

void messages_are_received_into_buffers() {
  auto [a, b] = mp::Pipe();
  a.send_bytes(to_bytes("abc"));
  a.send_bytes(to_bytes("wxyz"));
  a.send_bytes(to_bytes("d"));
  mp::Bytes into = to_bytes("....");
  check_throws<mp::ValueError>([&] { b.recv_bytes_into(into, -1); }, "a negative offset");
  check_throws<mp::ValueError>([&] { b.recv_bytes_into(into, 5); }, "an offset beyond the end");
  check(b.recv_bytes_into(into, 1) == 3 && into == to_bytes(".abc"), "the message came elsewhere");
  mp::Bytes found;
  try {
    b.recv_bytes_into(into, 1);
  } catch (const mp::BufferTooShort& error) {
    found = error.message();
  }
  check(found == to_bytes("wxyz") && into == to_bytes(".abc"), "a message that does not fit");
  check(b.recv_bytes_into(into) == 1 && into == to_bytes("dabc"), "the next message");
}

void junk_is_consumed() {
  auto [a, b] = mp::Pipe();
  a.send_bytes({});
  a.send_bytes(to_bytes({0xc1}));
  a.send(5);
  check_throws<mp::DecodeError>([&] { b.recv<int>(); }, "an empty message as a value");
  check_throws<mp::DecodeError>([&] { b.recv<int>(); }, "junk as a value");
  check(b.recv<int>() == 5, "the message behind the junk");
}

void frames_are_as_written() {
  auto [receiver, sender] = mp::Pipe(mp::Duplex::no);
  sender.send_bytes(to_bytes("hi"));
  mp::Bytes raw(6);
  check(mp::os().read(receiver.fileno(), raw).value() == 6, "a frame has another size");
  check(raw == to_bytes({0, 0, 0, 2, 'h', 'i'}), "a frame has other bytes");
  write_raw(sender, to_bytes({255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 2, 'o', 'k'}));
  check(receiver.recv_bytes() == to_bytes("ok"), "the long form");
  write_raw(sender, to_bytes({255, 255, 255, 254}));
  check(receiver.recv_bytes().empty(), "another negative length");
}

std::string words_after(const mp::Bytes& last_words) {
  auto [receiver, sender] = mp::Pipe(mp::Duplex::no);
  if (!last_words.empty()) write_raw(sender, last_words);
  sender.close();
  return words_of<mp::Error>([&] { receiver.recv_bytes(); });
}

void truncated_messages_are_told_from_ends() {
  check(words_after({}) == "end of file", "nothing at all");
  check(words_after(to_bytes({0, 0})) == "got end of file during message", "half a header");
  check(words_after(to_bytes({0, 0, 0, 5})) == "end of file", "a header");
  check(words_after(to_bytes({0, 0, 0, 5, 'h'})) == "got end of file during message", "part of a body");
  check(words_after(to_bytes({255, 255, 255, 255})) == "end of file", "a header of the long form");
}

void send_much(mp::Connection& end) { end.send_bytes(mp::Bytes(300'000)); }

void send_waits_for_room() {
  auto [a, b] = mp::Pipe();
  mp::Process child(mp::fn<&send_much>, mp::args(b));
  child.start();
  child.join(0.05s);
  check(child.is_alive(), "a message larger than the buffer was sent with nobody receiving");
  check(a.recv_bytes().size() == 300'000, "another message was received");
  child.join();
  check(child.exitcode() == 0, "the sender failed");
}

void use_a_received_end(mp::Connection& from) {
  mp::Connection end = from.recv<mp::Connection>();
  end.send(from.recv<int>());
}

void connections_travel() {
  auto [here, there] = mp::Pipe();
  mp::Process child(mp::fn<&use_a_received_end>, mp::args(there));
  child.start();
  auto [receiver, sender] = mp::Pipe(mp::Duplex::no);  // after the child: it cannot have inherited it
  here.send(sender);
  sender.close();
  here.send(6);
  check(receiver.recv<int>() == 6, "another message came through the end that was sent");
  check_throws<mp::EOFError>([&] { receiver.recv<int>(); }, "the end is open though all copies are closed");
  child.join();
}

void both_kinds_of_ends_travel() {
  auto [a, b] = mp::Pipe();
  auto [receiver, sender] = mp::Pipe(mp::Duplex::no);
  a.send(std::make_pair(std::move(receiver), std::move(sender)));
  auto [first, second] = b.recv<std::pair<mp::Connection, mp::Connection>>();
  check(first.readable() && !first.writable() && second.writable(), "the ends are mixed up");
  second.send(1);
  check(first.recv<int>() == 1, "another message was received");
  check_throws<mp::OSError>([&] { second.send(a); }, "a connection through a one-way pipe");
  check(!first.poll(), "something was sent");
  mp::Lock lock;
  check_throws<mp::RuntimeError>([&] { a.send(lock); }, "a lock through a pipe");
}

void no_connection_without_a_descriptor() {
  check_throws<mp::ValueError>([] { const mp::Connection none(-1); }, "a negative descriptor");
}

const Row rows[] = {
    {"PIPE-01 PIPE-02", "ends know their direction", &ends_know_their_direction},
    {"PIPE-03", "a closed end is closed", &closed_is_closed},
    {"PIPE-04", "messages stay apart, and may be empty", &messages_stay_apart},
    {"PIPE-05 PIPE-23 PIPE-27", "poll waits for its own timeout", &poll_waits_for_its_timeout},
    {"PIPE-06", "the end of file comes with the last copy", &end_of_file_comes_with_the_last_copy},
    {"PIPE-07", "a copy that was inherited counts", &inherited_end_holds_off_the_end_of_file},
    {"PIPE-08", "sending where nobody receives breaks", &nobody_receives},
    {"PIPE-09", "a peer that left a message unread resets, once", &reset_is_told_once},
    {"PIPE-10", "a part of a buffer is sent, or nothing", &part_of_a_buffer_is_sent},
    {"PIPE-11", "too long a message is the last one received", &too_long_a_message_ends_receiving},
    {"PIPE-12", "messages are received into buffers", &messages_are_received_into_buffers},
    {"PIPE-14 PIPE-15", "junk is consumed", &junk_is_consumed},
    {"PIPE-16 PIPE-17 PIPE-21", "frames are as written", &frames_are_as_written},
    {"PIPE-20", "a truncated message is told from an end", &truncated_messages_are_told_from_ends},
    {"PIPE-22", "send waits for room", &send_waits_for_room},
    {"PIPE-25", "a connection travels to a child", &connections_travel},
    {"PIPE-25", "ends of both kinds travel, through sockets", &both_kinds_of_ends_travel},
    {"PIPE-26", "there is no connection without a descriptor", &no_connection_without_a_descriptor},
};

HEDDLE_CONTRACT_ROWS(Pipe, rows);

}  // namespace
}  // namespace heddle::trial
