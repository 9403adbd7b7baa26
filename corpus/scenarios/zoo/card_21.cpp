// Card 21: a callback that throws ends the only thread that takes replies, before the job is marked as done.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/zoo/small_pool.hpp>
#include <scenarios/zoo/zoo.hpp>
#include <string>
#include <vector>

namespace heddle::zoo {
namespace {

int square(int number) { return number * number; }

void demand_even(const std::vector<int>& squares) {
  if (squares.front() % 2 == 1) throw mp::ValueError("an odd square");
}

template <PoolMistake mistake>
void body() {
  SmallPool<&square> pool(1, SmallPool<&square>::any_number, mistake);
  const auto odd = pool.submit({3}, &demand_even);
  const auto even = pool.submit({4}, &demand_even);
  try {
    pool.get(odd);
  } catch (const mp::RuntimeError&) {
    // An odd one is left out.
  }
  check(pool.get(even).front() == 16, "a job beside a bad one is done");
  pool.close();
  pool.join();
}

}  // namespace

Rows card_21() {
  return {
      {.name = "zoo/card-21",
       .summary = "a callback that throws in a pool whose receiver ends at that",
       .body = &body<PoolMistake::trusts_callbacks>,
       .expected = {{.rule = "crash"}, {.rule = "deadlock"}}},
      {.name = "zoo/card-21-fixed",
       .summary = "a callback that throws in a pool whose receiver fails the job",
       .body = &body<PoolMistake::none>},
  };
}

}  // namespace heddle::zoo
