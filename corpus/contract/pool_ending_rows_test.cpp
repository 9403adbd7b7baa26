// How a Pool, its jobs and its workers end: the rows POOL-02 to POOL-05 and POOL-16 to POOL-27 of the
// contract.
#include <chrono>
#include <string>
#include <vector>

#include <heddle/trial/rows.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;

int square(int number) { return number * number; }
void sleep_long() { mp::sleep(1000s); }
std::int32_t own_pid() { return static_cast<std::int32_t>(mp::current_process().pid()); }
int raise_key_error(int) { throw mp::KeyError("key"); }
int leave_at_once(int status) { mp::exit_now(status); }
int leave_in_order(int status) { mp::exit(status); }

void finish(mp::Pool& pool) {
  pool.close();
  pool.join();
}

void refuses_once_it_is_closed() {
  mp::Pool pool(1);
  const std::vector<int> some{1};
  check_throws<mp::ValueError>([&] { pool.join(); }, "joined while it runs");
  pool.close();
  pool.close();
  check_throws<mp::ValueError>([&] { return pool.apply(mp::fn<&square>, mp::args(1)); }, "apply");
  check_throws<mp::ValueError>([&] { return pool.apply_async(mp::fn<&square>, mp::args(1)); }, "async");
  check_throws<mp::ValueError>([&] { return pool.map(mp::fn<&square>, some); }, "map");
  check_throws<mp::ValueError>([&] { return pool.imap(mp::fn<&square>, some); }, "imap");
  pool.join();
  pool.join();
}

void terminates_any_number_of_times() {
  mp::Pool pool(1);
  pool.close();
  pool.terminate();
  pool.terminate();
  pool.close();
  pool.join();
  check_throws<mp::ValueError>([&] { return pool.apply(mp::fn<&square>, mp::args(1)); }, "apply");
}

void finishes_what_was_submitted() {
  mp::Pool pool(2);
  const auto first = pool.apply_async(mp::fn<&square>, mp::args(2));
  const auto second = pool.apply_async(mp::fn<&square>, mp::args(3));
  finish(pool);
  check(first.ready() && first.get() == 4 && second.get() == 9, "a result is gone");
}

void drops_what_is_not_done() {
  mp::Pool pool(1);
  const auto result = pool.apply_async(mp::fn<&sleep_long>, mp::args());
  const auto behind = pool.apply_async(mp::fn<&square>, mp::args(1));
  pool.terminate();
  pool.join();
  check(!result.ready() && !behind.ready(), "a dropped job is done");
  check_throws<mp::TimeoutError>([&] { result.get(0.01s); }, "a dropped job's result");
  check_throws<mp::ValueError>([&] { return result.successful(); }, "successful before the end");
}

void raises_with_its_type() {
  mp::Pool pool(1);
  try {
    pool.apply(mp::fn<&raise_key_error>, mp::args(1));
    check(false, "nothing was raised");
  } catch (const mp::KeyError& error) {
    check(std::string(error.what()) == "key", "the words of an exception");
  }
  finish(pool);
}

struct Storm {
  int force = 0;
};
struct Obstinate {};

}  // namespace
}  // namespace heddle::trial

namespace mp {

template <>
struct codec<heddle::trial::Storm> {
  using Storm = heddle::trial::Storm;
  static void encode(Encoder& encoder, const Storm& storm) { encoder.integer(storm.force); }
  static Storm decode(Decoder& decoder) {
    const int force = codec<int>::decode(decoder);
    if (force > 11) throw ValueError("no such storm");
    return {force};
  }
};
template <>
struct codec<heddle::trial::Obstinate> {
  using Obstinate = heddle::trial::Obstinate;
  static void encode(Encoder&, const Obstinate&) { throw TypeError("stays here"); }
  static Obstinate decode(Decoder&) { return {}; }
};

}  // namespace mp

namespace heddle::trial {
namespace {

int raise_storm(int force) { throw Storm{force}; }
Obstinate make_obstinate(int) { return {}; }
int take_obstinate(const Obstinate&) { return 0; }

void raises_types_that_are_named() {
  mp::Pool pool(1);
  const auto named = pool.apply_async(mp::fn<&raise_storm>, mp::args(9), {.raises = mp::raises<Storm>});
  try {
    named.get();
  } catch (const Storm& storm) {
    check(storm.force == 9, "an exception lost its value");
  }
  const auto unnamed = pool.apply_async(mp::fn<&raise_storm>, mp::args(9));
  check_throws<mp::RemoteError>([&] { return unnamed.get(); }, "an exception that does not cross");
  finish(pool);
}

void fails_one_job_by_what_does_not_decode() {
  mp::Pool pool(1);
  const auto lost = pool.apply_async(mp::fn<&raise_storm>, mp::args(12), {.raises = mp::raises<Storm>});
  check_throws<mp::ValueError>([&] { return lost.get(); }, "the decoder's own exception");
  check(pool.apply(mp::fn<&square>, mp::args(3)) == 9, "the pool goes on");
  finish(pool);
}

void survives_what_does_not_encode() {
  mp::Pool pool(1);
  const auto argument = pool.apply_async(mp::fn<&take_obstinate>, mp::args(Obstinate()));
  check_throws<mp::TypeError>([&] { return argument.get(); }, "an argument that does not encode");
  check_throws<mp::MaybeEncodingError>([&] { return pool.apply(mp::fn<&make_obstinate>, mp::args(1)); },
                                       "a result that does not encode");
  check(pool.apply(mp::fn<&square>, mp::args(3)) == 9, "the pool goes on");
  finish(pool);
}

void calls_back_once_and_first() {
  mp::Pool pool(1);
  std::vector<std::vector<int>> told;
  const auto good = pool.map_async(mp::fn<&square>, std::vector{1, 2}, 1,
                                   {.callback = [&](const std::vector<int>& all) { told.push_back(all); }});
  check(good.get() == std::vector{1, 4} && told.size() == 1 && told[0] == good.get(), "a callback");
  int failures = 0;
  const auto bad = pool.apply_async(mp::fn<&raise_key_error>, mp::args(1),
                                    {.error_callback = [&](const std::exception_ptr&) { ++failures; }});
  bad.wait();
  check(failures == 1, "an error callback");
  finish(pool);
}

void survives_raising_callbacks() {
  mp::Pool pool(1);
  const auto result = pool.apply_async(mp::fn<&square>, mp::args(3),
                                       {.callback = [](int) { throw mp::ValueError("callback"); }});
  check(result.get() == 9, "the result of a job whose callback raised");
  check(pool.apply_async(mp::fn<&square>, mp::args(4)).get() == 16, "the pool goes on");
  finish(pool);
}

void callbacks_may_use_the_pool() {
  mp::Pool pool(1);
  int inside = 0;
  bool refused = false;
  const auto other = pool.apply_async(mp::fn<&square>, mp::args(3), {.callback = [&](int) {
                                        inside = pool.apply(mp::fn<&square>, mp::args(5));
                                        const auto blocked = pool.apply_async(mp::fn<&square>, mp::args(6),
                                                                              {.callback = [](int) {}});
                                        try {
                                          blocked.get();
                                        } catch (const mp::RuntimeError&) {
                                          refused = true;
                                        }
                                      }});
  other.wait();
  check(inside == 25, "a callback that waits for a job");
  check(refused, "a callback that waits for one whose callback comes after it");
  finish(pool);
}

void loses_one_job_with_a_worker() {
  mp::Pool pool(2);
  try {
    pool.apply(mp::fn<&leave_at_once>, mp::args(7));
    check(false, "a lost job has a result");
  } catch (const mp::WorkerLost& lost) {
    check(lost.exitcode() == 7, "the exit code of a lost worker");
  }
  check_throws<mp::WorkerLost>([&] { return pool.apply(mp::fn<&leave_in_order>, mp::args(3)); }, "exit");
  check(pool.map(mp::fn<&square>, std::vector{1, 2, 3}) == std::vector{1, 4, 9}, "the pool goes on");
  finish(pool);
}

void survives_the_death_of_idle_workers() {
  mp::Pool pool(2);
  for (const mp::ProcessHandle& worker : mp::active_children()) worker.kill();
  int lost = 0;
  for (int number = 0; number < 4; ++number) {
    try {
      check(pool.apply(mp::fn<&square>, mp::args(number)) == number * number, "a job of the replacements");
    } catch (const mp::WorkerLost&) {  // it had been given to one of the two
      ++lost;
    }
  }
  check(lost <= 2, "a replacement was lost");
  pool.terminate();
}

void raise_at_once() { throw mp::ValueError("not today"); }

void breaks_by_its_initializer() {
  mp::Pool pool(1, {.initializer = mp::initializer(mp::fn<&raise_at_once>)});
  try {
    pool.apply(mp::fn<&square>, mp::args(1));
    check(false, "a broken pool works");
  } catch (const mp::BrokenPool& broken) {
    check(std::string(broken.what()).find("not today") != std::string::npos, "it does not say why");
  }
  finish(pool);
}

void counts_chunks_of_a_worker() {
  mp::Pool pool(1, {.maxtasksperchild = 1});
  const std::int32_t first = pool.apply(mp::fn<&own_pid>);
  check(first != pool.apply(mp::fn<&own_pid>), "a worker did more than its share");
  check(pool.map(mp::fn<&square>, std::vector{1, 2, 3}, 3).size() == 3, "a chunk is one task");
  const auto later = pool.apply_async(mp::fn<&square>, mp::args(5));
  finish(pool);
  check(later.get() == 25, "closed before the replacement");
}

bool may_have_children() {
  try {
    mp::Process(mp::fn<&raise_at_once>).start();
    return true;
  } catch (const mp::AssertionError&) {
  }
  try {
    mp::Pool inner(1);
    return true;
  } catch (const mp::AssertionError&) {
    return false;
  }
}

void workers_have_no_children() {
  mp::Pool pool(1);
  check(!pool.apply(mp::fn<&may_have_children>), "a worker started a process");
  finish(pool);
}

void is_stopped_when_it_is_dropped() {
  std::vector<mp::ProcessHandle> workers;
  {
    mp::Pool pool(2);
    workers = mp::active_children();
  }
  check(workers.size() == 2 && mp::active_children().empty(), "workers outlive their pool");
}

const Row rows[] = {
    {"POOL-02 POOL-03", "a closed pool takes no jobs, and joins only then", &refuses_once_it_is_closed},
    {"POOL-02 POOL-03", "terminate after close, and again", &terminates_any_number_of_times},
    {"POOL-04", "a closed pool finishes its jobs, whose results stay", &finishes_what_was_submitted},
    {"POOL-05", "a terminated pool drops its jobs", &drops_what_is_not_done},
    {"POOL-16", "exceptions have their type and words", &raises_with_its_type},
    {"POOL-16", "exceptions of the program's own cross if they are named", &raises_types_that_are_named},
    {"POOL-17", "what does not encode fails its job only", &survives_what_does_not_encode},
    {"POOL-18", "callbacks are called once, before the result is had", &calls_back_once_and_first},
    {"POOL-19", "a callback that raises stops nothing", &survives_raising_callbacks},
    {"POOL-19", "a callback may submit and wait", &callbacks_may_use_the_pool},
    {"POOL-20", "what does not decode fails its job only", &fails_one_job_by_what_does_not_decode},
    {"POOL-21", "a worker's end fails the job that it had", &loses_one_job_with_a_worker},
    {"POOL-22", "idle workers may die", &survives_the_death_of_idle_workers},
    {"POOL-23", "an initializer that keeps raising breaks the pool", &breaks_by_its_initializer},
    {"POOL-24", "a worker ends behind its share of tasks", &counts_chunks_of_a_worker},
    {"POOL-25", "workers have no children", &workers_have_no_children},
    {"POOL-27", "a pool that is dropped stops its workers", &is_stopped_when_it_is_dropped},
};

HEDDLE_CONTRACT_ROWS(PoolEnding, rows);

}  // namespace
}  // namespace heddle::trial
