// A map over a hundred numbers: chunks go to whichever worker is free, results come in the order of the
// input.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <ranges>
#include <scenarios/tutorial/tutorial.hpp>
#include <vector>

namespace heddle::tutorial {
namespace {

int square(int number) { return number * number; }

void body() {
  mp::Pool pool(3, {.name = "pool"});
  const std::vector<int> squares = pool.map(mp::fn<&square>, std::views::iota(0, 100));
  for (int number = 0; number < 100; ++number)
    check(squares[static_cast<std::size_t>(number)] == number * number, "a result is out of its place");
  pool.close();
  pool.join();
}

}  // namespace

Scenario pool_map() {
  return {.name = "tutorial/pool-map",
          .summary = "a map over a hundred numbers",
          .body = &body,
          .expected = {},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
