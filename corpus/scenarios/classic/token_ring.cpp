// Three threads pass a number on, each under the lock; if all have been there a fourth asserts that they came
// in the order of the ring. 28 switch points, as in the reference.
#include <array>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/classic/classic.hpp>
#include <scenarios/classic/crew.hpp>

namespace heddle::classic {
namespace {

struct Ring {
  mp::Lock lock{{.name = "lock"}};
  mp::RawArray<int> tokens{{1, 2, 1}, {.name = "tokens"}};
  mp::RawArray<bool> passed{3, {.name = "passed"}};
};

void pass(Ring& ring, int from, int to, int added) {
  const mp::With held(ring.lock);
  ring.tokens[to] = (ring.tokens[from] + added) % 4;
  ring.passed[to] = true;
}

void look(Ring& ring) {
  const mp::With held(ring.lock);
  if (!ring.passed[0] || !ring.passed[1] || !ring.passed[2]) return;
  check(ring.tokens[0] == ring.tokens[1] && ring.tokens[1] == ring.tokens[2],
        "the token is the same for all");
}

void body() {
  Ring ring;
  Crew crew;
  crew.start("first", [&] { pass(ring, 2, 0, 1); });
  crew.start("second", [&] { pass(ring, 0, 1, 0); });
  crew.start("third", [&] { pass(ring, 1, 2, 0); });
  crew.start("checker", [&] { look(ring); });
  crew.join();
}

}  // namespace

Scenario token_ring() {
  return {.name = "classic/token-ring",
          .summary = "three threads pass a token on in whatever order they come",
          .body = &body,
          .expected = {{.rule = "assertion"}}};
}

}  // namespace heddle::classic
