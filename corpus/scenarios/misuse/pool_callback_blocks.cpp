// Callbacks that wait for a job whose own callback must come first, but comes after them: the other half of a
// pair, a job that the callback submits itself, the very job whose callback it is. Mended by waiting in main,
// by submitting without a wait, by using what the callback is given.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <optional>
#include <scenarios/misuse/misuse_processes.hpp>
#include <vector>

namespace heddle::misuse {
namespace {

int weigh(int crate) { return crate * 10; }

template <bool waits_in_callback>
void two_crates() {
  std::vector<int> noted;  // by one thread of the pool's
  mp::Pool pool(2, {.name = "scales"});
  const auto left = pool.apply_async(mp::fn<&weigh>, mp::args(1),
                                     {.callback = [&](int weight) { noted.push_back(weight); }});
  const auto right = pool.apply_async(mp::fn<&weigh>, mp::args(2), {.callback = [&](int weight) {
                                        if (waits_in_callback) weight += left.get();
                                        noted.push_back(weight);
                                      }});
  check(left.get() + right.get() == 30, "both crates");
  pool.close();
  pool.join();
}

template <bool waits_in_callback>
void one_after_the_other() {
  mp::ThreadPool pool(1, {.name = "scales"});
  mp::Semaphore weighed(0, {.name = "weighed"});
  const auto note = [&weighed](int) { weighed.release(); };
  pool.apply_async(&weigh, mp::args(1), {.callback = [&](int) {
    const auto next = pool.apply_async(&weigh, mp::args(2), {.callback = note});
    if (waits_in_callback) next.wait();
  }});
  weighed.acquire();
  pool.close();
  pool.join();
}

template <bool asks_the_result>
void heaviest() {
  int heaviest = 0;
  mp::ThreadPool pool(2, {.name = "scales"});
  std::optional<mp::AsyncResult<std::vector<int>>> result;
  mp::Event is_there({.name = "is-there"});
  result =
      pool.map_async(&weigh, std::vector<int>{1, 3}, 1, {.callback = [&](const std::vector<int>& weights) {
        is_there.wait();
        heaviest = asks_the_result ? result->get().back() : weights.back();
      }});
  is_there.set();
  pool.close();
  pool.join();
  check(heaviest == 30, "the last is the heaviest");
}

}  // namespace

std::vector<Scenario> pool_callback_blocks() {
  const std::vector<ExpectedFinding> blocked = {{.rule = "pool-callback-blocks"}};
  return {
      {.name = "misuse/pool-callback-blocks-1",
       .summary = "the callback of one crate gets the weight of another, which has a callback too",
       .body = &two_crates<true>,
       .expected = blocked},
      {.name = "misuse/pool-callback-blocks-1-fixed",
       .summary = "main gets the weights of two crates that have a callback each",
       .body = &two_crates<false>},
      {.name = "misuse/pool-callback-blocks-2",
       .summary = "a callback submits a job with a callback and waits for it",
       .body = &one_after_the_other<true>,
       .expected = blocked},
      {.name = "misuse/pool-callback-blocks-2-fixed",
       .summary = "a callback submits a job with a callback, and main waits for that",
       .body = &one_after_the_other<false>},
      {.name = "misuse/pool-callback-blocks-3",
       .summary = "a callback gets the result of its own job",
       .body = &heaviest<true>,
       .expected = blocked},
      {.name = "misuse/pool-callback-blocks-3-fixed",
       .summary = "a callback uses the result that it is given",
       .body = &heaviest<false>},
  };
}

}  // namespace heddle::misuse
