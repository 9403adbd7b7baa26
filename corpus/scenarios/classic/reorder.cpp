// Setters store a = 1, then b = -1, and checkers look at both: between the two stores of the first setter
// that got so far, and before any setter's second one. What makes it hard is that every setter has to wait
// there. The switch points are those of the reference, from 13 with two setters and one
// checker (14 there) to 401 with 99 and one.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/classic/classic.hpp>
#include <scenarios/classic/crew.hpp>

namespace heddle::classic {
namespace {

struct Pair {
  mp::RawValue<int> a{0, {.name = "a"}};
  mp::RawValue<int> b{0, {.name = "b"}};
};

void set(Pair& pair) {
  pair.a.value() = 1;
  pair.b.value() = -1;
}

void look(Pair& pair) {
  const bool is_old = pair.a.value() == 0 && pair.b.value() == 0;
  check(is_old || (pair.a.value() == 1 && pair.b.value() == -1), "both are set or neither is");
}

template <int setters, int checkers>
void body() {
  Pair pair;
  Crew crew;
  crew.start(setters, "setter", [&] { set(pair); });
  crew.start(checkers, "checker", [&] { look(pair); });
  crew.join();
}

template <int setters, int checkers>
Scenario made(std::string_view name, std::string_view summary) {
  return {.name = name,
          .summary = summary,
          .body = &body<setters, checkers>,
          .expected = {{.rule = "shared-memory-race"}, {.rule = "assertion"}},
          .hard = setters > 4};
}

}  // namespace

Scenario reorder_3() { return made<2, 1>("classic/reorder-3", "2 threads set a, then b; 1 compares them"); }
Scenario reorder_4() { return made<3, 1>("classic/reorder-4", "3 threads set a, then b; 1 compares them"); }
Scenario reorder_5() { return made<4, 1>("classic/reorder-5", "4 threads set a, then b; 1 compares them"); }
Scenario reorder_10() { return made<9, 1>("classic/reorder-10", "9 threads set a, then b; 1 compares them"); }
Scenario reorder_20() {
  return made<10, 10>("classic/reorder-20", "10 threads set a, then b; 10 compare them");
}
Scenario reorder_50() {
  return made<40, 10>("classic/reorder-50", "40 threads set a, then b; 10 compare them");
}
Scenario reorder_100() {
  return made<99, 1>("classic/reorder-100", "99 threads set a, then b; 1 compares them");
}

}  // namespace heddle::classic
