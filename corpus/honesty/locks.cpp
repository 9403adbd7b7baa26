// Locks: who comes first, who comes in vain, who comes too late.
#include <honesty/programs.hpp>

namespace heddle::honesty {
namespace {

void append(Counter& digits, int digit) {
  const mp::With held(digits.get_lock());
  digits.value() = static_cast<int>(digits.value()) * 10 + digit;
}
void append_one(Counter& digits) { append(digits, 1); }
void append_two(Counter& digits) { append(digits, 2); }

void order_of_three() {
  Counter digits;
  auto first = start<&append_one>("first", digits);
  auto second = start<&append_two>("second", digits);
  append(digits, 3);
  first.join();
  second.join();
  record(static_cast<int>(digits.value()));
}

void set_under_lock(mp::Lock& lock, Counter& seen) {
  const mp::With held(lock);
  seen.value() = 1;
  seen.value() = 2;
}

void try_while_held() {
  mp::Lock lock;
  Counter seen;
  auto child = start<&set_under_lock>("child", lock, seen);
  const bool is_taken = lock.acquire(false);
  if (is_taken) lock.release();
  record(is_taken);
  record(static_cast<int>(seen.value()));
  child.join();
}

void hold_a_moment(mp::Lock& lock, Counter& seen) {
  const mp::With held(lock);
  mp::sleep(Milliseconds(1));
  seen.value() = 1;
}

void wait_in_time() {
  mp::Lock lock;
  Counter seen;
  auto child = start<&hold_a_moment>("child", lock, seen);
  const bool is_taken = lock.acquire(true, Milliseconds(1.5));
  if (is_taken) lock.release();
  record(is_taken);
  record(static_cast<int>(seen.value()));
  child.join();
}

}  // namespace

HonestyProgram locks_order_of_three() {
  return {"locks/order-of-three", "the order in which three processes get one lock", &order_of_three};
}
HonestyProgram locks_try_while_held() {
  return {"locks/try-while-held", "one attempt at a lock that a child holds for a while", &try_while_held};
}
HonestyProgram locks_wait_in_time() {
  return {"locks/wait-in-time", "a timed wait for a lock that is held about as long", &wait_in_time};
}

}  // namespace heddle::honesty
