// Card 17: a pool that is closed starts no workers in the place of those that have had all the tasks they may
// have. What is left to do is left for ever.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/zoo/small_pool.hpp>
#include <scenarios/zoo/zoo.hpp>
#include <string>
#include <vector>

namespace heddle::zoo {
namespace {

int square(int number) { return number * number; }

template <PoolMistake mistake>
void body() {
  SmallPool<&square> pool(2, 1, mistake);
  const auto squares = pool.submit({1, 2, 3, 4});
  pool.close();
  pool.join();
  check(pool.get(squares) == std::vector<int>{1, 4, 9, 16}, "all jobs that were submitted are done");
}

}  // namespace

Rows card_17() {
  return {
      {.name = "zoo/card-17",
       .summary = "four tasks for two workers of one task each, none of whom is replaced after close()",
       .body = &body<PoolMistake::replaces_none_after_close>,
       .expected = {{.rule = "deadlock"}}},
      {.name = "zoo/card-17-fixed",
       .summary = "four tasks for two workers of one task each, who are replaced while there are tasks",
       .body = &body<PoolMistake::none>},
  };
}

}  // namespace heddle::zoo
