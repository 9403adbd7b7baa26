// Card 18: a map over nothing is done at once, and is never taken off the table of jobs, because no reply
// comes for it. join() waits for an empty table.
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
  SmallPool<&square> pool(1, SmallPool<&square>::any_number, mistake);
  const auto none = pool.submit({});
  const auto one = pool.submit({3});
  check(pool.get(none).empty() && pool.get(one).front() == 9, "there are as many squares as numbers");
  pool.close();
  pool.join();
}

}  // namespace

Rows card_18() {
  return {
      {.name = "zoo/card-18",
       .summary = "a map over nothing by a pool that keeps a job until a reply comes",
       .body = &body<PoolMistake::keeps_an_empty_job>,
       .expected = {{.rule = "deadlock"}}},
      {.name = "zoo/card-18-fixed",
       .summary = "a map over nothing by a pool that does not keep a job without parts",
       .body = &body<PoolMistake::none>},
  };
}

}  // namespace heddle::zoo
