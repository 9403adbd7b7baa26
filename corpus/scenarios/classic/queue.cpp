// A ring of twenty places, and two flags by which a putter and a getter are to take turns. Who finds that it
// is not his turn counts the turn as had, and the two lose step. Around 140 switch points, as in the
// reference.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/classic/classic.hpp>
#include <scenarios/classic/crew.hpp>

namespace heddle::classic {
namespace {

constexpr int size = 20;

struct Ring {
  mp::Lock lock{{.name = "lock"}};
  mp::RawValue<bool> may_put{true, {.name = "may-put"}};
  mp::RawValue<bool> may_get{false, {.name = "may-get"}};
  mp::RawValue<int> head{0, {.name = "head"}};
  mp::RawValue<int> tail{0, {.name = "tail"}};
  mp::RawArray<int> items{size, {.name = "items"}};
  mp::RawArray<int> stored{size, {.name = "stored"}};  // what was put in each turn, to compare with
};

void put(Ring& ring, int turn) {
  const mp::With held(ring.lock);
  if (!ring.may_put.value()) return;
  const int tail = ring.tail.value();
  ring.items[tail] = 100 + turn;
  ring.tail.value() = (tail + 1) % size;
  ring.stored[turn] = 100 + turn;
  ring.may_put.value() = false;
  ring.may_get.value() = true;
}

void get(Ring& ring, int turn) {
  const mp::With held(ring.lock);
  if (!ring.may_get.value()) return;
  const int head = ring.head.value();
  check(ring.items[head] == ring.stored[turn], "what is got in a turn is what was put in it");
  ring.head.value() = (head + 1) % size;
  ring.may_get.value() = false;
  ring.may_put.value() = true;
}

void body() {
  Ring ring;
  Crew crew;
  crew.start("putter", [&] {
    for (int turn = 0; turn < size; ++turn) put(ring, turn);
  });
  crew.start("getter", [&] {
    for (int turn = 0; turn < size; ++turn) get(ring, turn);
  });
  crew.join();
}

}  // namespace

Scenario queue() {
  return {.name = "classic/queue",
          .summary = "a putter and a getter miss turns, and compare what they had turn by turn",
          .body = &body,
          .expected = {{.rule = "assertion"}}};
}

}  // namespace heddle::classic
