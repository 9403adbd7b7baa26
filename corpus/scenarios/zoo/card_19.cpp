// Card 19: a map is over as soon as one part has failed. The thread that takes replies sees that the pool is
// closed and nothing is to be done, and ends; a worker that still writes a long result waits for ever.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/zoo/small_pool.hpp>
#include <scenarios/zoo/zoo.hpp>
#include <string>
#include <vector>

namespace heddle::zoo {
namespace {

constexpr std::size_t page_bytes = 100'000;  // more than a pipe takes

std::string fetch(int page) {
  if (page == 0) throw mp::ValueError("there is no page 0");
  return std::string(page_bytes, 'x');
}

template <PoolMistake mistake>
void body() {
  SmallPool<&fetch> pool(2, SmallPool<&fetch>::any_number, mistake);
  const auto pages = pool.submit({0, 1});
  bool has_failed = false;
  try {
    pool.get(pages);
  } catch (const mp::RuntimeError&) {
    has_failed = true;
  }
  check(has_failed, "a map with a part that fails has failed");
  pool.close();
  pool.join();
}

}  // namespace

Rows card_19() {
  return {
      {.name = "zoo/card-19",
       .summary = "a map over pages, one of which fails, by a pool that gives the map up at that",
       .body = &body<PoolMistake::gives_up_at_first_failure>,
       .expected = {{.rule = "deadlock"}}},
      {.name = "zoo/card-19-fixed",
       .summary = "a map over pages, one of which fails, by a pool that waits for all parts",
       .body = &body<PoolMistake::none>},
  };
}

}  // namespace heddle::zoo
