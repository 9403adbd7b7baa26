// What a user of the primitives might write: a room of seats that are taken in pairs. It looks whether two
// are free, and then takes one after the other. The mistake is in the order of these: two who look before
// either has taken both may get a seat each, and wait for the other's for ever. The mended room lets one at a
// time look and take.
#pragma once

#include <mp/multiprocessing.hpp>

namespace fuzz::programs {

enum class Room : bool { mistaken, mended };

template <Room room>
class Seats {
 public:
  explicit Seats(int count) : free_(count, {.name = "free"}) {}

  bool take_two() {
    if constexpr (room == Room::mistaken) return look_and_take();
    const mp::With held(door_);
    return look_and_take();
  }
  void give_two() {
    free_.release();
    free_.release();
  }

 private:
  bool look_and_take() {
    if (free_.get_value() < 2) return false;
    free_.acquire();
    free_.acquire();
    return true;
  }

  mp::Semaphore free_;
  mp::Lock door_{{.name = "door"}};
};

template <Room room>
void visit(Seats<room>& seats) {
  if (seats.take_two()) seats.give_two();
}

/// Two guests, two seats.
template <Room room>
void evening() {
  Seats<room> seats(2);
  mp::Thread first([&] { visit(seats); }, {.name = "first"});
  mp::Thread second([&] { visit(seats); }, {.name = "second"});
  first.start();
  second.start();
  first.join();
  second.join();
}

}  // namespace fuzz::programs
