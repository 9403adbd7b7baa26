// Writers set one number under one lock and a second, which follows from it, under another; a reader looks at
// both, lock by lock, and may come between the stages of the first writer and before the second stage of any.
// The switch points are those of the reference: 18 with one writer, 9 more for each
// further one.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/classic/classic.hpp>
#include <scenarios/classic/crew.hpp>
#include <utility>
#include <vector>

namespace heddle::classic {
namespace {

struct Stages {
  mp::Lock first_lock{{.name = "first-lock"}};
  mp::Lock second_lock{{.name = "second-lock"}};
  mp::RawValue<int> first{0, {.name = "first"}};
  mp::RawValue<int> second{0, {.name = "second"}};
};

void write(Stages& stages) {
  {
    const mp::With held(stages.first_lock);
    stages.first.value() = 1;
  }
  const mp::With held(stages.second_lock);
  stages.second.value() = stages.first.value() + 1;
}

void read(Stages& stages) {
  int first = 0;
  {
    const mp::With held(stages.first_lock);
    if (stages.first.value() == 0) return;
    first = stages.first.value();
  }
  const mp::With held(stages.second_lock);
  check(stages.second.value() == first + 1, "the second number follows from the first");
}

template <int writers>
void body() {
  Stages stages;
  Crew crew;
  crew.start(writers, "writer", [&] { write(stages); });
  crew.start("reader", [&] { read(stages); });
  crew.join();
}

template <int writers>
Scenario made(std::string_view name, std::string_view summary) {
  std::vector<ExpectedFinding> expected{{.rule = "assertion"}};
  // A writer looks at the first number under the second lock, while another may set it under the first.
  if (writers > 1) expected.push_back({.rule = "shared-memory-race"});
  return {.name = name,
          .summary = summary,
          .body = &body<writers>,
          .expected = std::move(expected),
          .hard = writers > 1};
}

}  // namespace

Scenario twostage_1() {
  return made<1>("classic/twostage-1", "1 thread writes in two critical sections, 1 reads in two");
}
Scenario twostage_20() {
  return made<19>("classic/twostage-20", "19 threads write in two critical sections, 1 reads in two");
}
Scenario twostage_50() {
  return made<49>("classic/twostage-50", "49 threads write in two critical sections, 1 reads in two");
}
Scenario twostage_100() {
  return made<99>("classic/twostage-100", "99 threads write in two critical sections, 1 reads in two");
}

}  // namespace heddle::classic
