// One thread guards a number by its own lock, the others by another. The switch points are those of the
// reference: 50 with seven others, 26 with three.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/classic/classic.hpp>
#include <scenarios/classic/crew.hpp>

namespace heddle::classic {
namespace {

template <int others>
void body() {
  mp::Lock right({.name = "right-lock"});
  mp::Lock wrong({.name = "wrong-lock"});
  mp::RawValue<int> data(0, {.name = "data"});
  Crew crew;
  crew.start("careful", [&] {
    const mp::With held(right);
    const int before = data.value();
    data.value() += 1;
    check(data.value() == before + 1, "nobody else adds while the lock is held");
  });
  crew.start(others, "other", [&] {
    const mp::With held(wrong);
    data.value() += 1;
  });
  crew.join();
}

template <int others>
Scenario made(std::string_view name, std::string_view summary) {
  return {.name = name,
          .summary = summary,
          .body = &body<others>,
          .expected = {{.rule = "shared-memory-race", .with_harm = true}, {.rule = "assertion"}}};
}

}  // namespace

Scenario wronglock() { return made<7>("classic/wronglock", "1 thread takes one lock, 7 another"); }
Scenario wronglock_3() { return made<3>("classic/wronglock-3", "1 thread takes one lock, 3 another"); }

}  // namespace heddle::classic
