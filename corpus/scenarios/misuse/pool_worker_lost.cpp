// Workers that end with a task in their hands: a task that ends the process because its input is bad, one
// whose library does so without a word, main that kills the worker of a job that takes too long. Mended by
// raising, by a result that says so, by terminate(), which drops the job on purpose.
#include <chrono>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <optional>
#include <scenarios/misuse/misuse_processes.hpp>
#include <vector>

namespace heddle::misuse {
namespace {

using namespace std::chrono_literals;

int exit_unless_positive(int amount) {
  if (amount < 0) mp::exit(1);
  return amount;
}

int raise_unless_positive(int amount) {
  if (amount < 0) throw mp::ValueError("a negative amount");
  return amount;
}

template <auto check_amount>
void amounts() {
  mp::Pool pool(2, {.name = "checkers"});
  try {
    pool.map(mp::fn<check_amount>, std::vector<int>{5, -5}, 1);
  } catch (const mp::ValueError&) {
    outcome("a negative amount");
  }
  pool.close();
  pool.join();
}

// As a library does that was not made for long-lived processes.
int abort_if_too_large(int picture) {
  if (picture > 9) mp::exit_now(137);
  return picture / 2;
}

std::optional<int> scale_unless_too_large(int picture) {
  if (picture > 9) return std::nullopt;
  return picture / 2;
}

template <auto scale>
void pictures() {
  mp::Pool pool(2, {.name = "scalers"});
  int scaled = 0;
  for (const auto& each : pool.imap_unordered(mp::fn<scale>, std::vector<int>{4, 12}))
    if (std::optional<int>(each)) ++scaled;
  pool.close();
  pool.join();
  check(scaled == 1, "one picture is small enough");
}

int simulate(int days) {
  mp::sleep(std::chrono::hours(days * 24));
  return days;
}

void kill_the_workers(mp::Pool& pool) {
  for (const mp::ProcessHandle& worker : mp::active_children()) worker.kill();
  pool.close();
  pool.join();
}

void terminate_the_pool(mp::Pool& pool) {
  pool.terminate();
  pool.join();
}

template <auto give_up>
void weather_forecast() {
  mp::Pool pool(1, {.name = "computers"});
  const auto forecast = pool.apply_async(mp::fn<&simulate>, mp::args(9));
  try {
    forecast.get(60s);
  } catch (const mp::TimeoutError&) {
    give_up(pool);
  }
}

}  // namespace

std::vector<Scenario> pool_worker_lost() {
  const std::vector<ExpectedFinding> lost = {{.rule = "pool-worker-lost"}};
  return {
      {.name = "misuse/pool-worker-lost-1",
       .summary = "a task calls exit(1) where an amount is negative",
       .body = &amounts<&exit_unless_positive>,
       .expected = lost},
      {.name = "misuse/pool-worker-lost-1-fixed",
       .summary = "a task raises where an amount is negative",
       .body = &amounts<&raise_unless_positive>,
       .outcomes = {"a negative amount"}},
      {.name = "misuse/pool-worker-lost-2",
       .summary = "a task of imap_unordered() ends its process where a picture is too large",
       .body = &pictures<&abort_if_too_large>,
       .expected = lost},
      {.name = "misuse/pool-worker-lost-2-fixed",
       .summary = "a task of imap_unordered() gives None where a picture is too large",
       .body = &pictures<&scale_unless_too_large>},
      {.name = "misuse/pool-worker-lost-3",
       .summary = "main kills the workers of a Pool whose job does not come in time",
       .body = &weather_forecast<&kill_the_workers>,
       .expected = lost},
      {.name = "misuse/pool-worker-lost-3-fixed",
       .summary = "main terminates a Pool whose job does not come in time",
       .body = &weather_forecast<&terminate_the_pool>},
  };
}

}  // namespace heddle::misuse
