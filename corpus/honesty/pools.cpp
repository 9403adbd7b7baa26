// Pools: which results are there when one looks, which worker does a task, and what is left when a worker or
// the pool ends early.
#include <array>
#include <honesty/programs.hpp>

namespace heddle::honesty {
namespace {

int identity(int number) { return number; }

void ready_when_asked() {
  mp::Pool pool(1);
  const auto first = pool.apply_async(mp::fn<&identity>, mp::args(1));
  const auto second = pool.apply_async(mp::fn<&identity>, mp::args(2));
  record(second.ready());
  record(first.ready());
  pool.close();
  pool.join();
}

void order_of_completion() {
  mp::Pool pool(2);
  auto results = pool.imap_unordered(mp::fn<&identity>, std::array{1, 2, 3});
  for (int i = 0; i < 3; ++i) record(results.next());
  pool.close();
  pool.join();
}

int leave(int status) { mp::exit_now(status); }

void what_a_dead_worker_had() {
  mp::Pool pool(1);
  const auto lost = pool.apply_async(mp::fn<&leave>, mp::args(3));
  const auto first = pool.apply_async(mp::fn<&identity>, mp::args(1));
  const auto second = pool.apply_async(mp::fn<&identity>, mp::args(2));
  const auto third = pool.apply_async(mp::fn<&identity>, mp::args(3));
  try {
    lost.get();
  } catch (const mp::WorkerLost& error) {
    record(error.exitcode());
  }
  record(first.get());
  record(third.ready());
  record(second.ready());
  pool.close();
  pool.join();
}

void done_before_the_end() {
  mp::ThreadPool pool(1);
  const auto result = pool.apply_async(mp::fn<&identity>, mp::args(1));
  pool.terminate();
  record(result.ready());
  pool.join();
  record(result.ready());
}

void callback_and_main() {
  mp::ThreadPool pool(1);
  mp::Value<int> count(0);
  const auto result =
      pool.apply_async(mp::fn<&identity>, mp::args(1), {.callback = [&](int) { count.value() = 1; }});
  record(static_cast<int>(count.value()));
  record(result.ready());
  result.wait();
  record(static_cast<int>(count.value()));
  pool.close();
  pool.join();
}

}  // namespace

HonestyProgram pools_ready_when_asked() {
  return {"pools/ready-when-asked", "which of two jobs of one worker are done", &ready_when_asked};
}
HonestyProgram pools_order_of_completion() {
  return {"pools/order-of-completion", "which of two workers is first", &order_of_completion};
}
HonestyProgram pools_what_a_dead_worker_had() {
  return {"pools/what-a-dead-worker-had", "the job that a worker ends in, and those behind it",
          &what_a_dead_worker_had};
}
HonestyProgram pools_done_before_the_end() {
  return {"pools/done-before-the-end", "a job that is done, dropped, or done after all",
          &done_before_the_end};
}
HonestyProgram pools_callback_and_main() {
  return {"pools/callback-and-main", "has the callback been called before one looks", &callback_and_main};
}

}  // namespace heddle::honesty
