// RawValue and RawArray, and where all shared data lies: the rows RAW-* and HEAP-* of the contract.
#include <memory>
#include <vector>

#include <heddle/trial/rows.hpp>
#include <mp/multiprocessing.hpp>
#include <mp/shared/heap.hpp>

namespace heddle::trial {
namespace {

void store_both(mp::RawValue<int>& value, mp::RawArray<int>& array) {
  value.value() = 7;
  array[-1] = 8;
}

void raw_storage_is_shared_and_zero() {
  mp::RawValue<int> value;
  mp::RawArray<int> array(2);
  check(value.value() == 0 && array.slice() == std::vector<int>{0, 0}, "new raw storage is not zero");
  mp::Process child(mp::fn<&store_both>, mp::args(value, array));
  child.start();
  child.join();
  check(value.value() == 7 && array[1] == 8, "what a child stored is not seen");
}

void blocks_are_freed_by_their_owner() {
  const std::size_t before = mp::heap_facts(mp::os()).blocks;
  {
    const mp::Value<int> value(0);
    check(mp::heap_facts(mp::os()).blocks > before, "a value has no block of the heap");
  }
  check(mp::heap_facts(mp::os()).blocks == before, "a block was not freed with its object");
  check(mp::heap_facts(mp::os()).arenas <= 1, "objects of a few bytes have more than one arena");
}

void use_and_drop(mp::Value<int>& value) { value.value() = 3; }

void a_child_frees_nothing() {
  mp::Value<int> value(0);
  mp::Process child(mp::fn<&use_and_drop>, mp::args(value));
  child.start();
  child.join();
  const mp::Value<int> other(0);  // would be in the way if the child had freed anything
  check(value.value() == 3, "a child freed what its parent uses");
}

void store_when_told(mp::RawValue<int>& value, mp::Semaphore& told) {
  told.acquire();
  value.value() = 9;
}

void a_block_outlives_its_owners_handle_while_a_child_has_it() {
  mp::Semaphore told(0);
  auto value = std::make_unique<mp::RawValue<int>>(0);
  mp::Process child(mp::fn<&store_when_told>, mp::args(*value, told));
  child.start();
  value.reset();
  mp::RawValue<int> other(0);
  told.release();
  child.join();
  check(other.value() == 0, "a child stored into memory that was given out again");
}

void allocate_and_free() {
  for (int i = 0; i < 3; ++i) {
    const mp::Value<int> first(1);
    const mp::RawArray<int> second(100);
  }
}

void threads_allocate_and_free_at_once() {
  const std::size_t before = mp::heap_facts(mp::os()).blocks;
  mp::Thread other(&allocate_and_free);
  other.start();
  allocate_and_free();
  other.join();
  check(mp::heap_facts(mp::os()).blocks == before, "blocks of two threads were mixed up");
}

const Row rows[] = {
    {"RAW-01", "raw storage is zero and shared", &raw_storage_is_shared_and_zero},
    {"HEAP-01", "a block goes with its object, and small objects share an arena",
     &blocks_are_freed_by_their_owner},
    {"HEAP-01", "a child frees nothing", &a_child_frees_nothing},
    {"HEAP-01", "a block that a child has is not given out again",
     &a_block_outlives_its_owners_handle_while_a_child_has_it},
    {"HEAP-01", "two threads allocate and free at once", &threads_allocate_and_free_at_once},
};

HEDDLE_CONTRACT_ROWS(Raw, rows);

}  // namespace
}  // namespace heddle::trial
