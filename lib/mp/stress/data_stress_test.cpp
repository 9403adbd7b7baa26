// Eight processes on one Value, Array or segment: no update is lost and no element torn.
#include <mp/stress/crowd.hpp>

namespace mp::stress {
namespace {

void add_often(Value<std::int64_t>& value) {
  for (int i = 0; i < operations(); ++i) {
    const With held(value);
    value.value() = value.value() + 1;
  }
}

TEST_F(Stress, AValueLosesNoUpdateUnderItsLock) {
  Value<std::int64_t> value(0);
  run_crowd<&add_often>(crowd_size, value);
  EXPECT_EQ(value.value(), std::int64_t{crowd_size} * operations());
}

constexpr std::int64_t length = 16;

// One unit goes from an element to the next: the sum stays.
void carry_on(Array<std::int64_t>& numbers) {
  for (std::int64_t i = 0; i < operations(); ++i) {
    const With held(numbers);
    numbers[i % length] = numbers[i % length] - 1;
    numbers[(i + 1) % length] = numbers[(i + 1) % length] + 1;
  }
}

TEST_F(Stress, AnArrayKeepsItsSumUnderItsLock) {
  Array<std::int64_t> numbers(std::vector<std::int64_t>(length, 100));
  run_crowd<&carry_on>(crowd_size, numbers);
  std::int64_t sum = 0;
  for (std::int64_t i = 0; i < length; ++i) sum += numbers[i];
  EXPECT_EQ(sum, length * 100);
}

// All elements are equal, whoever wrote them: the array's own lock keeps each access to a slice whole.
void write_slices(Array<std::int64_t>& numbers) {
  for (std::int64_t i = 0; i < operations(); ++i) {
    numbers.store_slice({}, {}, std::vector<std::int64_t>(length, i));
    const std::vector<std::int64_t> seen = numbers.slice();
    if (seen != std::vector<std::int64_t>(length, seen[0])) exit("a slice is torn");
  }
}

TEST_F(Stress, AnArraysSlicesAreWhole) {
  Array<std::int64_t> numbers(length);
  run_crowd<&write_slices>(crowd_size, numbers);
}

// Each time anew by name, which is what a child has of a segment.
void attach_and_add(const std::string& name, Lock& lock) {
  for (int i = 0; i < operations(); ++i) {
    SharedMemory segment = SharedMemory::attach(name);
    {
      const With held(lock);
      const SharedMemoryView bytes = segment.buf();
      bytes.store<std::int64_t>(0, bytes.load<std::int64_t>(0) + 1);
    }
    segment.close();
  }
}

TEST_F(Stress, ASegmentLosesNoUpdateUnderALock) {
  SharedMemory segment = SharedMemory::create(64, segment_prefix() + "sum");
  Lock lock;
  std::string name = segment.name();
  run_crowd<&attach_and_add>(crowd_size, name, lock);
  EXPECT_EQ(segment.buf().load<std::int64_t>(0), std::int64_t{crowd_size} * operations());
  segment.unlink();
}

}  // namespace
}  // namespace mp::stress
