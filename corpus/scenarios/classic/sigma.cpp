// Main counts an index up before each start, and each thread marks the place that the index names by the time
// the thread runs.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/classic/classic.hpp>
#include <scenarios/classic/crew.hpp>

namespace heddle::classic {
namespace {

constexpr int threads = 5;

void body() {
  mp::RawValue<int> index(-1, {.name = "index"});
  mp::RawArray<int> marks(threads, {.name = "marks"});
  Crew crew;
  for (int i = 0; i < threads; ++i) {
    index.value() += 1;
    crew.start("marker", [&] { marks[static_cast<int>(index.value())] = 1; });
  }
  crew.join();
  int sum = 0;
  for (int i = 0; i < threads; ++i) sum += marks[i];
  check(sum == threads, "every thread marks a place of its own");
}

}  // namespace

Scenario sigma() {
  return {.name = "classic/sigma",
          .summary = "five threads find their places by a number that main counts up meanwhile",
          .body = &body,
          .expected = {{.rule = "shared-memory-race"}, {.rule = "assertion"}}};
}

}  // namespace heddle::classic
