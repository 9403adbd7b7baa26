// Two threads take two locks in opposite orders. 16 switch points, as in the reference
// (deadlock01).
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/classic/classic.hpp>
#include <scenarios/classic/crew.hpp>

namespace heddle::classic {
namespace {

void add_under_both(mp::Lock& outer, mp::Lock& inner, mp::RawValue<int>& count, int added) {
  const mp::With outer_held(outer);
  const mp::With inner_held(inner);
  count.value() += added;
}

void body() {
  mp::Lock a({.name = "a"});
  mp::Lock b({.name = "b"});
  mp::RawValue<int> count(1, {.name = "count"});
  Crew crew;
  crew.start("a-then-b", [&] { add_under_both(a, b, count, 1); });
  crew.start("b-then-a", [&] { add_under_both(b, a, count, -1); });
  crew.join();
}

}  // namespace

Scenario abba() {
  return {.name = "classic/abba",
          .summary = "two threads take two locks in opposite orders",
          .body = &body,
          .expected = {{.rule = "deadlock"}}};
}

}  // namespace heddle::classic
