// A pool that is given a job when it takes none any more: for a second phase behind close(), by a thread that
// submits while main closes, by a callback that submits what follows. Mended by closing behind the last job,
// whoever submits it.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_processes.hpp>
#include <vector>

namespace heddle::misuse {
namespace {

int next_of(int number) { return number + 1; }

template <bool closes_early>
void two_phases() {
  mp::Pool pool(2, {.name = "pool"});
  const std::vector<int> mapped = pool.map(mp::fn<&next_of>, std::vector<int>{1, 2});
  if (closes_early) pool.close();
  int sum = 0;
  for (const int each : pool.imap_unordered(mp::fn<&next_of>, mapped)) sum += each;
  if (!closes_early) pool.close();
  pool.join();
  check(sum == 7, "two of two phases");
}

template <bool waits>
void closed_meanwhile() {
  mp::ThreadPool pool(1, {.name = "pool"});
  mp::Thread submitter(
      [&pool] {
        pool.apply_async(&next_of, mp::args(0));
        pool.apply_async(&next_of, mp::args(1));
      },
      {.name = "submitter"});
  submitter.start();
  if (waits) submitter.join();
  pool.close();
  pool.join();
  submitter.join();
}

void submitted_by_a_callback() {
  mp::Pool pool(1, {.name = "pool"});
  pool.apply_async(mp::fn<&next_of>, mp::args(1), {.callback = [&pool](int number) {
                     pool.apply_async(mp::fn<&next_of>, mp::args(number));
                   }});
  pool.close();
  pool.join();
}

void submitted_by_main() {
  mp::Pool pool(1, {.name = "pool"});
  const auto first = pool.apply_async(mp::fn<&next_of>, mp::args(1));
  const auto second = pool.apply_async(mp::fn<&next_of>, mp::args(first.get()));
  pool.close();
  pool.join();
  check(second.get() == 3, "one after the other");
}

}  // namespace

std::vector<Scenario> pool_use_after_close() {
  const std::vector<ExpectedFinding> rejected = {{.rule = "pool-use-after-close"}};
  return {
      {.name = "misuse/pool-use-after-close-1",
       .summary = "a Pool is closed behind the first of two phases",
       .body = &two_phases<true>,
       .expected = rejected},
      {.name = "misuse/pool-use-after-close-1-fixed",
       .summary = "a Pool is closed behind the second of two phases",
       .body = &two_phases<false>},
      {.name = "misuse/pool-use-after-close-2",
       .summary = "main closes a ThreadPool to which a thread submits jobs",
       .body = &closed_meanwhile<false>,
       .expected = rejected},
      {.name = "misuse/pool-use-after-close-2-fixed",
       .summary = "main closes a ThreadPool when the thread that submits jobs has ended",
       .body = &closed_meanwhile<true>},
      {.name = "misuse/pool-use-after-close-3",
       .summary = "a callback submits the next job, and main has closed the Pool by then",
       .body = &submitted_by_a_callback,
       .expected = rejected},
      {.name = "misuse/pool-use-after-close-3-fixed",
       .summary = "main submits the next job and closes the Pool then",
       .body = &submitted_by_main},
  };
}

}  // namespace heddle::misuse
