// Two threads add to a number under a lock; a third asserts that they have not. 17 switch points, as in the
// reference (lazy01).
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/classic/classic.hpp>
#include <scenarios/classic/crew.hpp>

namespace heddle::classic {
namespace {

void body() {
  mp::Lock lock({.name = "lock"});
  mp::RawValue<int> data(0, {.name = "data"});
  const auto add = [&](int added) {
    const mp::With held(lock);
    data.value() += added;
  };
  Crew crew;
  crew.start("adds-one", [&] { add(1); });
  crew.start("adds-two", [&] { add(2); });
  crew.start("checker", [&] {
    const mp::With held(lock);
    check(data.value() < 3, "one of the two has not come yet");
  });
  crew.join();
}

}  // namespace

Scenario lazy() {
  return {.name = "classic/lazy",
          .summary = "a thread asserts that two others, started before, have not both come",
          .body = &body,
          .expected = {{.rule = "assertion"}}};
}

}  // namespace heddle::classic
