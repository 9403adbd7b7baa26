// Queues: whose items come first, and what is there at a given moment.
#include <honesty/programs.hpp>

namespace heddle::honesty {
namespace {

void put_one(Numbers& numbers) { numbers.put(1); }
void put_two(Numbers& numbers) { numbers.put(2); }
void put_one_and_two(Numbers& numbers) {
  numbers.put(1);
  numbers.put(2);
}

void two_producers() {
  Numbers numbers;
  auto first = start<&put_one>("first", numbers);
  auto second = start<&put_two>("second", numbers);
  record(numbers.empty());
  record(numbers.get());
  record(numbers.get());
  first.join();
  second.join();
}

void two_attempts() {
  Numbers numbers;
  auto child = start<&put_one_and_two>("child", numbers);
  record(get(numbers, false));
  record(get(numbers, false));
  child.join();
}

void put_late(Numbers& numbers) {
  mp::sleep(Milliseconds(1));
  put_one_and_two(numbers);
}

void wait_in_time() {
  Numbers numbers;
  auto child = start<&put_late>("child", numbers);
  record(get(numbers, true, Milliseconds(2)));
  record(get(numbers, false));
  child.join();
}

// The exit status says how many of three items found room.
void put_what_fits(Numbers& numbers) {
  int fitting = 0;
  for (int item = 1; item <= 3; ++item) {
    try {
      numbers.put_nowait(item);
      ++fitting;
    } catch (const mp::Full&) {
    }
  }
  mp::exit(fitting);
}

void room_for_one() {
  Numbers numbers(1);
  auto child = start<&put_what_fits>("child", numbers);
  record(numbers.get());
  record(get(numbers, false));
  record(status_of(child));
}

void sizes_while_putting() {
  Numbers numbers;
  auto child = start<&put_one_and_two>("child", numbers);
  record(numbers.qsize());
  record(numbers.empty());
  child.join();
}

}  // namespace

HonestyProgram queues_two_producers() {
  return {"queues/two-producers", "whose item comes first, and was one there at once", &two_producers};
}
HonestyProgram queues_two_attempts() {
  return {"queues/two-attempts", "what two get_nowait catch of two items", &two_attempts};
}
HonestyProgram queues_wait_in_time() {
  return {"queues/wait-in-time", "a timed get of items that come about then", &wait_in_time};
}
HonestyProgram queues_room_for_one() {
  return {"queues/room-for-one", "how many of three put_nowait find the one place free", &room_for_one};
}
HonestyProgram queues_sizes_while_putting() {
  return {"queues/sizes-while-putting", "qsize() and empty() while two items are on their way",
          &sizes_while_putting};
}

}  // namespace heddle::honesty
