// join() on a pool that still takes jobs: in the wrong order with close(), as a way to wait for a round of
// jobs, and while another thread has yet to close the pool. Mended by the right order, by getting the
// results, by joining that thread first.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_processes.hpp>
#include <vector>

namespace heddle::misuse {
namespace {

int halve(int size) { return size / 2; }

void join_and_close(mp::ThreadPool& pool) {
  pool.join();
  pool.close();
}

void close_and_join(mp::ThreadPool& pool) {
  pool.close();
  pool.join();
}

template <auto end>
void thumbnails() {
  mp::ThreadPool pool(2, {.name = "scalers"});
  const auto sizes = pool.map_async(&halve, std::vector<int>{640, 480});
  end(pool);
  check(sizes.get() == std::vector<int>{320, 240}, "each picture has half its size");
}

// In each round the jobs need all that the round before has done.
template <bool gets>
void rounds() {
  mp::Pool pool(2, {.name = "players"});
  for (int size : {8, 4}) {
    const auto left = pool.apply_async(mp::fn<&halve>, mp::args(size));
    const auto right = pool.apply_async(mp::fn<&halve>, mp::args(size));
    if (gets)
      check(left.get() + right.get() == size, "two halves make a whole");
    else
      pool.join();
  }
  pool.close();
  pool.join();
}

template <bool joins_first>
void submitted_by_a_thread() {
  mp::ThreadPool pool(1, {.name = "workers"});
  mp::Thread submitter(
      [&pool] {
        pool.apply_async(&halve, mp::args(6));  // a variable would be referred to
        pool.apply_async(&halve, mp::args(4));
        pool.close();
      },
      {.name = "submitter"});
  submitter.start();
  if (joins_first) submitter.join();
  pool.join();
  submitter.join();
}

}  // namespace

std::vector<Scenario> pool_join_before_close() {
  const std::vector<ExpectedFinding> rejected = {{.rule = "pool-join-before-close"}};
  return {
      {.name = "misuse/pool-join-before-close-1",
       .summary = "a ThreadPool is joined and then closed",
       .body = &thumbnails<&join_and_close>,
       .expected = rejected},
      {.name = "misuse/pool-join-before-close-1-fixed",
       .summary = "a ThreadPool is closed and then joined",
       .body = &thumbnails<&close_and_join>},
      {.name = "misuse/pool-join-before-close-2",
       .summary = "a Pool is joined after each round of jobs, to wait for them",
       .body = &rounds<false>,
       .expected = rejected},
      {.name = "misuse/pool-join-before-close-2-fixed",
       .summary = "the results of each round of jobs are got from a Pool that is closed once",
       .body = &rounds<true>},
      {.name = "misuse/pool-join-before-close-3",
       .summary = "main joins a pool while a thread submits jobs and closes it",
       .body = &submitted_by_a_thread<false>,
       .expected = rejected},
      {.name = "misuse/pool-join-before-close-3-fixed",
       .summary = "main joins the thread that submits jobs and closes the pool, then the pool",
       .body = &submitted_by_a_thread<true>},
  };
}

}  // namespace heddle::misuse
