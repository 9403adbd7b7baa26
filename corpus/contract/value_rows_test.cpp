// Value: the rows VAL-* of the contract.
#include <cstdint>

#include <heddle/trial/rows.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

template <class T, class U>
void holds(U stored, T expected) {
  mp::Value<T> value;
  check(value.value() == T{}, "a new value is not zero");
  value.value() = stored;
  check(value.value() == expected, "a value does not read as it was stored");
}

void every_type_starts_at_zero_and_holds_its_numbers() {
  holds<char>('x', 'x');
  holds<wchar_t>(L'x', L'x');
  holds<std::int8_t>(-7, std::int8_t{-7});
  holds<std::uint16_t>(60'000, std::uint16_t{60'000});
  holds<std::int64_t>(std::int64_t{1} << 40, std::int64_t{1} << 40);
  holds<float>(0.5F, 0.5F);
  holds<double>(3, 3.0);
}

void integers_wrap() {
  holds<std::int32_t>((std::int64_t{1} << 40) + 5, 5);
  holds<std::uint8_t>(300, std::uint8_t{44});
  holds<std::int8_t>(200, std::int8_t{-56});
  static_assert(!mp::StorableAs<double, int> && !mp::StorableAs<const char*, int>);
}

void store_one(mp::Value<int>& value) { value.value() = 1; }

// A child that stores by the value's lock cannot do so before main, which holds it, lets go.
void check_a_store_waits(mp::Value<int>& value, mp::DataLock& lock) {
  mp::Process child(mp::fn<&store_one>, mp::args(value));
  lock.acquire();
  child.start();
  check(value.get_obj().value() == 0, "a store did not wait for the lock");
  value.get_obj().value() = 5;
  check(value.get_obj().value() == 5, "a store came between two of the holder of the lock");
  lock.release();
  child.join();
  check(value.value() == 1, "a store that waited is lost");
}

void an_own_lock_or_a_given_one() {
  mp::Value<int> own(0);
  check(own.get_lock().acquire() && own.get_lock().acquire(false), "the default lock is not recursive");
  own.get_lock().release();
  own.get_lock().release();
  mp::Lock lock;
  mp::Value<int> given(0, {.lock = lock});
  check(lock.acquire(false) && !given.get_lock().acquire(false), "get_lock is not the lock that was given");
  lock.release();
}

void accesses_take_the_lock() {
  mp::Value<int> value(0);
  check_a_store_waits(value, value.get_lock());
}

void accesses_take_a_given_lock() {
  mp::Lock lock;
  mp::Value<int> value(0, {.lock = lock});
  mp::DataLock same(lock.core());
  check_a_store_waits(value, same);
}

void add_two(mp::Value<int>& value) {
  for (int i = 0; i < 2; ++i) {
    const mp::With held(value.get_lock());
    value.value() += 1;
  }
}

void increments_under_get_lock_are_exact() {
  mp::Value<int> value(0);
  mp::Process first(mp::fn<&add_two>, mp::args(value));
  mp::Process second(mp::fn<&add_two>, mp::args(value));
  first.start();
  second.start();
  first.join();
  second.join();
  check(value.value() == 4, "increments under the lock were lost");
}

void store_past_the_lock(mp::Value<int>& value) { value.get_obj().value() = 9; }

void get_obj_needs_no_lock() {
  mp::Value<int> value(0);
  mp::Process child(mp::fn<&store_past_the_lock>, mp::args(value));
  const mp::With held(value);
  child.start();
  child.join();  // would not end if it wanted the lock
  check(value.value() == 9, "what was stored past the lock is not seen");
}

void does_not_cross_in_a_message() {
  auto [a, b] = mp::Pipe();
  mp::Value<int> value(0);
  check_throws<mp::RuntimeError>([&] { a.send(value); }, "a Value was sent through a pipe");
}

const Row rows[] = {
    {"VAL-01", "a Value of any type starts at zero and holds its numbers",
     &every_type_starts_at_zero_and_holds_its_numbers},
    {"VAL-02", "integers that do not fit wrap, and a real does not become an integer", &integers_wrap},
    {"VAL-03", "the lock is a new RLock or the one that was given", &an_own_lock_or_a_given_one},
    {"VAL-04", "each store takes the lock, and a With of the Value holds it", &accesses_take_the_lock},
    {"VAL-04 VAL-06", "with a Lock given, an access waits for it like anybody else",
     &accesses_take_a_given_lock},
    {"VAL-05", "increments under get_lock are exact", &increments_under_get_lock_are_exact},
    {"VAL-07", "get_obj is the storage without the lock, seen by all at once", &get_obj_needs_no_lock},
    {"VAL-08", "a Value is handed over at the birth of a process only", &does_not_cross_in_a_message},
};

HEDDLE_CONTRACT_ROWS(Value, rows);

}  // namespace
}  // namespace heddle::trial
