// Squares of 0 to 9 by a Pool of three, one call after another: apply waits for each, so they run one at a
// time and in order, whichever worker does them.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>
#include <vector>

namespace heddle::tutorial {
namespace {

int square(int number) { return number * number; }

void body() {
  mp::Pool pool(3, {.name = "pool"});
  std::vector<int> squares;
  for (int number = 0; number < 10; ++number)
    squares.push_back(pool.apply(mp::fn<&square>, mp::args(number)));
  check(squares == std::vector{0, 1, 4, 9, 16, 25, 36, 49, 64, 81}, "the squares, in order");
  pool.close();
  pool.join();
}

}  // namespace

Scenario pool_apply() {
  return {.name = "tutorial/pool-apply",
          .summary = "squares of 0 to 9 by apply(), which waits for each",
          .body = &body,
          .expected = {},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
