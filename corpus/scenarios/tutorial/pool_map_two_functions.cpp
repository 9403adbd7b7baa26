// Two functions by one pool: a job is its function's, whatever else the worker has done before.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <ranges>
#include <scenarios/tutorial/tutorial.hpp>
#include <vector>

namespace heddle::tutorial {
namespace {

int square(int number) { return number * number; }
int cube(int number) { return number * number * number; }

void body() {
  mp::Pool pool(2, {.name = "pool"});
  const auto squares = pool.map_async(mp::fn<&square>, std::views::iota(0, 4), 2);
  const auto cubes = pool.map_async(mp::fn<&cube>, std::views::iota(0, 4), 2);
  check(squares.get() == std::vector{0, 1, 4, 9}, "the squares");
  check(cubes.get() == std::vector{0, 1, 8, 27}, "the cubes");
  pool.close();
  pool.join();
}

}  // namespace

Scenario pool_map_two_functions() {
  return {.name = "tutorial/pool-map-two-functions",
          .summary = "two functions mapped by one pool at the same time",
          .body = &body,
          .expected = {},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
