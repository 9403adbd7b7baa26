// Functions of several parameters of different types: by apply, and by starmap over tuples.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>
#include <string>
#include <tuple>
#include <vector>

namespace heddle::tutorial {
namespace {

std::string repeat(const std::string& word, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += word;
  return text;
}

void body() {
  mp::Pool pool(2, {.name = "pool"});
  check(pool.apply(mp::fn<&repeat>, mp::args("ab", 2)) == "abab", "apply");
  const std::vector<std::tuple<std::string, int>> calls{{"a", 3}, {"b", 0}, {"c", 1}};
  check(pool.starmap(mp::fn<&repeat>, calls) == std::vector<std::string>{"aaa", "", "c"}, "starmap");
  pool.close();
  pool.join();
}

}  // namespace

Scenario pool_mixed_arguments() {
  return {.name = "tutorial/pool-mixed-arguments",
          .summary = "functions of several parameters, by apply and starmap",
          .body = &body,
          .expected = {},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
