// Threads of one process, over the same primitives.
#include <honesty/programs.hpp>

namespace heddle::honesty {
namespace {

void order_of_threads() {
  mp::Lock lock;
  int digits = 0;
  const auto append = [&](int digit) {
    const mp::With held(lock);
    digits = digits * 10 + digit;
  };
  mp::Thread first([&] { append(1); });
  mp::Thread second([&] { append(2); });
  first.start();
  second.start();
  append(3);
  first.join();
  second.join();
  record(digits);
}

void order_of_sleepers() {
  mp::Lock lock;
  int digits = 0;
  const auto append = [&](double duration_ms, int digit) {
    mp::sleep(Milliseconds(duration_ms));
    const mp::With held(lock);
    digits = digits * 10 + digit;
  };
  mp::Thread first([&] { append(0.3, 1); });
  mp::Thread second([&] { append(0.2, 2); });
  first.start();
  second.start();
  append(0.4, 3);
  first.join();
  second.join();
  record(digits);
}

void permits_between_threads() {
  mp::Semaphore permits(0);
  mp::Thread releasing([&] {
    permits.release();
    permits.release();
  });
  releasing.start();
  record(permits.acquire(false));
  record(permits.acquire(false));
  releasing.join();
}

void order_of_puts() {
  Numbers numbers;
  mp::Thread putting([&] { numbers.put(1); });
  putting.start();
  numbers.put(2);
  record(numbers.qsize());
  record(numbers.get());
  record(numbers.get());
  putting.join();
}

}  // namespace

HonestyProgram threads_order_of_threads() {
  return {"threads/order-of-threads", "the order in which three threads get one lock", &order_of_threads};
}
HonestyProgram threads_order_of_sleepers() {
  return {"threads/order-of-sleepers", "the order in which three sleepers wake", &order_of_sleepers};
}
HonestyProgram threads_permits_between_threads() {
  return {"threads/permits-between-threads", "how many of a thread's two permits are there yet",
          &permits_between_threads};
}
HonestyProgram threads_order_of_puts() {
  return {"threads/order-of-puts", "whose item two threads of one process send first", &order_of_puts};
}

}  // namespace heddle::honesty
