// A buffer of one place, and one condition for both sides: a notification that is meant for the producer may
// wake the other consumer, who finds nothing and waits again, and then all wait. 34 to 44 switch points; the
// reference counts 39.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/classic/classic.hpp>
#include <scenarios/classic/crew.hpp>

namespace heddle::classic {
namespace {

struct Buffer {
  mp::Lock lock{{.name = "lock"}};
  mp::Condition changed{lock, {.name = "changed"}};
  mp::RawValue<int> count{0, {.name = "count"}};
  mp::RawValue<int> place{0, {.name = "place"}};
};

void put(Buffer& buffer, int item) {
  const mp::With held(buffer.lock);
  while (buffer.count.value() == 1) buffer.changed.wait();
  buffer.place.value() = item;
  buffer.count.value() += 1;
  buffer.changed.notify();
}

int take(Buffer& buffer) {
  const mp::With held(buffer.lock);
  while (buffer.count.value() == 0) buffer.changed.wait();
  const int item = buffer.place.value();
  buffer.count.value() -= 1;
  buffer.changed.notify();
  return item;
}

void body() {
  Buffer buffer;
  Crew crew;
  crew.start("producer", [&] {
    put(buffer, 1);
    put(buffer, 2);
  });
  crew.start(2, "consumer", [&] { take(buffer); });
  crew.join();
}

}  // namespace

Scenario bounded_buffer() {
  return {.name = "classic/bounded-buffer",
          .summary = "a producer and two consumers wait on one condition and wake one at a time",
          .body = &body,
          .expected = {{.rule = "deadlock"}}};
}

}  // namespace heddle::classic
