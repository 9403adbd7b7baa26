// Card 20: an item that cannot be encoded ends the only thread that hands tasks out. Nothing is done after
// it.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/zoo/sample.hpp>
#include <scenarios/zoo/small_pool.hpp>
#include <scenarios/zoo/zoo.hpp>
#include <string>
#include <vector>

namespace heddle::zoo {
namespace {

double to_fahrenheit(Sample sample) { return sample.degrees * 1.8 + 32; }

template <PoolMistake mistake>
void body() {
  SmallPool<&to_fahrenheit> pool(1, SmallPool<&to_fahrenheit>::any_number, mistake);
  const auto bad = pool.submit({no_sample});
  const auto good = pool.submit({{.degrees = 10}});
  try {
    pool.get(bad);
  } catch (const mp::RuntimeError&) {
    // It is no number; the other one is.
  }
  check(pool.get(good).front() == 50, "a job beside a bad one is done");
  pool.close();
  pool.join();
}

}  // namespace

Rows card_20() {
  return {
      {.name = "zoo/card-20",
       .summary = "an item that cannot be encoded for a pool whose sender ends at that",
       .body = &body<PoolMistake::stops_at_a_bad_item>,
       .expected = {{.rule = "crash"}, {.rule = "deadlock"}}},
      {.name = "zoo/card-20-fixed",
       .summary = "an item that cannot be encoded for a pool whose sender fails the job",
       .body = &body<PoolMistake::none>},
  };
}

}  // namespace heddle::zoo
