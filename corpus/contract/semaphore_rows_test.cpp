// Semaphore and BoundedSemaphore: the rows SEM-* and BSEM-* of the contract.
#include <chrono>

#include <heddle/trial/rows.hpp>
#include <heddle/trial/trial.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;

void value_is_how_many_may_acquire() {
  check_throws<mp::OSError>([] { mp::Semaphore(-1); }, "a negative value was accepted");
  mp::Semaphore semaphore(2);
  check(semaphore.acquire() && semaphore.acquire(false), "fewer acquires than the value succeeded");
  check(!semaphore.acquire(false) && !semaphore.acquire(true, -1s) && !semaphore.acquire(true, 0.01s),
        "more acquires than the value succeeded");
  check(mp::Semaphore().get_value() == 1, "the value is not 1 unless told");
}

void release_may_exceed_the_initial_value() {
  mp::Semaphore semaphore(1);
  semaphore.release();
  check(semaphore.get_value() == 2, "a release did not count");
  mp::Semaphore full(0x7fffffff);
  check_throws<mp::ValueError>([&] { full.release(); }, "the greatest value was exceeded");
  check(full.get_value() == 0x7fffffff, "a refused release changed the value");
}

void answer(mp::Semaphore& question, mp::Semaphore& reply, mp::Value<int>& number) {
  question.acquire();
  number.value() += 1;
  reply.release();
}

void shakes_hands() {
  mp::Semaphore question(0);
  mp::Semaphore reply(0);
  mp::Value<int> number(1);
  mp::Process child = start<&answer>("child", question, reply, number);
  number.value() += 1;
  question.release();
  reply.acquire();
  check(number.value() == 3, "the order of the handshake was not kept");
  child.join();
}

void bound_is_the_initial_value() {
  mp::BoundedSemaphore semaphore(1);
  check_throws<mp::ValueError>([&] { semaphore.release(); }, "a release above the bound was accepted");
  check(semaphore.get_value() == 1, "a refused release changed the value");
  semaphore.acquire();
  semaphore.release();
  mp::BoundedSemaphore nothing(0);
  check_throws<mp::ValueError>([&] { nothing.release(); }, "a bound of 0 accepted a release");
}

void release_as_often_as_accepted(mp::BoundedSemaphore& semaphore, mp::Value<int>& accepted) {
  try {
    semaphore.release();
    const mp::With held(accepted);
    accepted.value() += 1;
  } catch (const mp::ValueError&) {
  }
}

template <int bound>
void releases_at_once_keep_the_bound() {
  mp::BoundedSemaphore semaphore(bound);
  mp::Value<int> accepted(0);
  semaphore.acquire();
  mp::Process first = start<&release_as_often_as_accepted>("first", semaphore, accepted);
  mp::Process second = start<&release_as_often_as_accepted>("second", semaphore, accepted);
  first.join();
  second.join();
  check(accepted.value() == 1, "not exactly one of two releases was accepted");
  check(semaphore.get_value() == bound, "the bound was not kept");
}

const Row rows[] = {
    {"SEM-01", "as many acquires succeed as the value, which is not negative",
     &value_is_how_many_may_acquire},
    {"SEM-02", "release may exceed the initial value, up to 2^31-1", &release_may_exceed_the_initial_value},
    {"SEM-03", "semaphores of 0 make a handshake between processes", &shakes_hands},
    {"BSEM-01", "release above the initial value is a ValueError", &bound_is_the_initial_value},
    {"BSEM-02", "of two releases at once that one too many exactly one is refused",
     &releases_at_once_keep_the_bound<1>},
    {"BSEM-02 BSEM-03", "also when the bound is above 1", &releases_at_once_keep_the_bound<3>},
};

HEDDLE_CONTRACT_ROWS(Semaphore, rows);

}  // namespace
}  // namespace heddle::trial
