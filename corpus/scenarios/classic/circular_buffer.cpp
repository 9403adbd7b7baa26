// A sender and a receiver take turns over a buffer, by two flags; a turn that was missed is not made up for,
// so that the seventh look may find the first number. Around 80 switch points, as in the reference.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/classic/classic.hpp>
#include <scenarios/classic/crew.hpp>

namespace heddle::classic {
namespace {

constexpr int size = 10;
constexpr int turns = 7;
constexpr int nothing = -1;

struct Buffer {
  mp::Lock lock{{.name = "lock"}};
  mp::RawValue<bool> may_send{true, {.name = "may-send"}};
  mp::RawValue<bool> may_receive{false, {.name = "may-receive"}};
  mp::RawValue<int> first{0, {.name = "first"}};
  mp::RawValue<int> next{0, {.name = "next"}};
  mp::RawArray<int> items{size, {.name = "items"}};
};

int remove(Buffer& buffer) {
  const int first = buffer.first.value();
  if (buffer.next.value() == 0 || first >= size) return nothing;
  buffer.first.value() = first + 1;
  return buffer.items[first];
}

void insert(Buffer& buffer, int item) {
  const int next = buffer.next.value();
  buffer.items[next] = item;
  buffer.next.value() = (next + 1) % size;
}

void send(Buffer& buffer, int turn) {
  const mp::With held(buffer.lock);
  if (!buffer.may_send.value()) return;
  insert(buffer, turn);
  buffer.may_send.value() = false;
  buffer.may_receive.value() = true;
}

void receive(Buffer& buffer, int turn) {
  const mp::With held(buffer.lock);
  if (!buffer.may_receive.value()) return;
  check(remove(buffer) == turn, "what is received in a turn is what was sent in it");
  buffer.may_receive.value() = false;
  buffer.may_send.value() = true;
}

void body() {
  Buffer buffer;
  Crew crew;
  crew.start("sender", [&] {
    for (int turn = 0; turn < turns; ++turn) send(buffer, turn);
  });
  crew.start("receiver", [&] {
    for (int turn = 0; turn < turns; ++turn) receive(buffer, turn);
  });
  crew.join();
}

}  // namespace

Scenario circular_buffer() {
  return {.name = "classic/circular-buffer",
          .summary = "a sender and a receiver miss turns, and expect the number of the turn",
          .body = &body,
          .expected = {{.rule = "assertion"}}};
}

}  // namespace heddle::classic
