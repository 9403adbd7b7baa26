// Array: the rows ARR-* of the contract.
#include <string>
#include <vector>

#include <heddle/trial/rows.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using Ints = std::vector<int>;

void sizes_and_initial_elements() {
  check(mp::Array<int>(3).slice() == Ints{0, 0, 0}, "a new array is not zero");
  check(mp::Array<int>({1, 2}).slice() == Ints{1, 2}, "an array does not hold what it was made of");
  check(mp::Array<int>(Ints{4, 5}).size() == 2, "an array is not as long as what it was made of");
  check(mp::Array<int>(0).slice().empty(), "an array of no elements has some");
  check_throws<mp::ValueError>([] { mp::Array<int>(-1); }, "a negative size was accepted");
}

void reused_memory_is_zero() {
  for (int i = 0; i < 2; ++i) {
    mp::Array<int> array(20);
    check(array.slice() == Ints(20, 0), "reused memory is not zero");
    array.store_slice({}, {}, Ints(20, 7));
  }
}

void positions_and_slices() {
  mp::Array<int> array({0, 1, 2, 3});
  array[-1] = 30;
  check(array[3] == 30 && array[-4] == 0, "a negative position does not count from the end");
  check_throws<mp::IndexError>([&] { return int{array[4]}; }, "a position beyond the end was accepted");
  check_throws<mp::IndexError>([&] { array[-5] = 1; }, "a position before the beginning was accepted");
  check(array.slice(1, -1) == Ints{1, 2}, "a slice has other elements");
  check(array.slice({}, {}, -2) == Ints{30, 1}, "an extended slice has other elements");
  array.store_slice({}, {}, {8, 9}, 2);
  check(array.slice() == Ints{8, 1, 9, 30}, "an extended slice was not stored");
  check_throws<mp::ValueError>([&] { array.store_slice(0, 2, {1}); }, "a shorter slice was stored");
}

void store_first_then_last(mp::Array<int>& array) {
  array[0] = 1;
  array[1] = 1;
}

// Locks are taken per element: the child's stores may come between two of main's loads, and 0 then 1 is seen.
void iteration_is_no_snapshot() {
  mp::Array<int> array(2);
  mp::Process child(mp::fn<&store_first_then_last>, mp::args(array));
  child.start();
  Ints seen;
  for (const int each : array) seen.push_back(each);
  check(seen.size() == 2, "not every element was visited");
  outcome(seen[0] * 10 + seen[1]);
  child.join();
}

void an_element_waits_for_the_lock() {
  mp::Array<int> array(2);
  mp::Process child(mp::fn<&store_first_then_last>, mp::args(array));
  {
    const mp::With held(array);
    child.start();
    check(array[0] == 0 && array[1] == 0, "a store did not wait for the lock");
  }
  child.join();
  check(array.slice() == Ints{1, 1}, "a store that waited is lost");
}

void texts_of_char_arrays() {
  mp::Array<char> text("hello");
  text.set_value("hi");
  check(text.value() == "hi", "the value does not end at the first NUL");
  check(text.raw() == std::string("hi\0lo", 5), "a shorter value did not leave the tail");
  check_throws<mp::ValueError>([&] { text.set_value("longer"); }, "a longer value was stored");
  check_throws<mp::ValueError>([&] { text.set_raw("longer"); }, "longer raw bytes were stored");
  text.set_value("12345");
  check(text.value() == "12345", "a value that fills the array was not stored");
}

void one_lock_for_several() {
  mp::Lock lock;
  mp::Array<int> array(1, {.lock = lock});
  mp::Value<int> value(0, {.lock = array.get_lock()});
  lock.acquire();
  check(!array.acquire(false) && !value.acquire(false), "the lock is not shared");
  lock.release();
  array[0] = 1;
  value.value() = array[0];
  check(value.value() == 1, "data under one lock cannot be used one after the other");
}

const Row rows[] = {
    {"ARR-01", "an array has the size or the elements it is made of", &sizes_and_initial_elements},
    {"ARR-01", "memory that is used again is zero again", &reused_memory_is_zero},
    {"ARR-02", "positions and slices are named as in Python", &positions_and_slices},
    {"ARR-02", "iteration loads one element after the other", &iteration_is_no_snapshot},
    {"ARR-02", "an access to an element takes the lock", &an_element_waits_for_the_lock},
    {"ARR-03", "a char array has a value up to the first NUL, and raw bytes", &texts_of_char_arrays},
    {"ARR-04", "one lock serves several values and arrays", &one_lock_for_several},
};

HEDDLE_CONTRACT_ROWS(Array, rows);

}  // namespace
}  // namespace heddle::trial
