// A lock for many readers or one writer, made of a Condition: the writer waits until nobody is inside, lets
// go, and says only then that it is inside, so that a reader may come in meanwhile.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/classic/classic.hpp>
#include <scenarios/classic/crew.hpp>

namespace heddle::classic {
namespace {

struct Guarded {
  mp::Condition changed{{.name = "changed"}};
  mp::RawValue<int> readers{0, {.name = "readers"}};
  mp::RawValue<bool> is_writing{false, {.name = "is-writing"}};
  mp::RawValue<int> left{0, {.name = "left"}};
  mp::RawValue<int> right{0, {.name = "right"}};
};

void begin_reading(Guarded& guarded) {
  const mp::With held(guarded.changed);
  while (guarded.is_writing.value()) guarded.changed.wait();
  guarded.readers.value() += 1;
}

void end_reading(Guarded& guarded) {
  const mp::With held(guarded.changed);
  guarded.readers.value() -= 1;
  guarded.changed.notify_all();
}

void begin_writing(Guarded& guarded) {
  {
    const mp::With held(guarded.changed);
    while (guarded.is_writing.value() || guarded.readers.value() > 0) guarded.changed.wait();
  }
  const mp::With held(guarded.changed);
  guarded.is_writing.value() = true;
}

void end_writing(Guarded& guarded) {
  const mp::With held(guarded.changed);
  guarded.is_writing.value() = false;
  guarded.changed.notify_all();
}

void read(Guarded& guarded) {
  begin_reading(guarded);
  check(guarded.left.value() == guarded.right.value(), "readers see both sides of a write or neither");
  end_reading(guarded);
}

void write(Guarded& guarded) {
  begin_writing(guarded);
  guarded.left.value() = 1;
  guarded.right.value() = 1;
  end_writing(guarded);
}

void body() {
  Guarded guarded;
  Crew crew;
  crew.start("writer", [&] { write(guarded); });
  crew.start(2, "reader", [&] { read(guarded); });
  crew.join();
}

}  // namespace

Scenario read_write_lock() {
  return {.name = "classic/read-write-lock",
          .summary = "a writer lets go of its lock between finding nobody inside and going in",
          .body = &body,
          .expected = {{.rule = "shared-memory-race"}, {.rule = "assertion"}}};
}

}  // namespace heddle::classic
