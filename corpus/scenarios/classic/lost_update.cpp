// Two threads add one to a number in two steps each, and one addition may be lost. 9 switch points where the
// reference counts 8: main's look at the result is one more, without alternatives.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/classic/classic.hpp>
#include <scenarios/classic/crew.hpp>

namespace heddle::classic {
namespace {

void body() {
  mp::RawValue<int> count(0, {.name = "count"});
  Crew crew;
  crew.start(2, "adder", [&] { count.value() += 1; });
  crew.join();
  check(count.value() == 2, "no addition is lost");
}

}  // namespace

Scenario lost_update() {
  return {.name = "classic/lost-update",
          .summary = "two threads add one to a number without a lock",
          .body = &body,
          .expected = {{.rule = "shared-memory-race", .with_harm = true}}};
}

}  // namespace heddle::classic
