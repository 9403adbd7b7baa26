// Values: what is read while others write, and what is lost when two write.
#include <honesty/programs.hpp>

namespace heddle::honesty {
namespace {

void count_to_three(Counter& counter) {
  for (int i = 1; i <= 3; ++i) counter.value() = i;
}

void seen_while_counting() {
  Counter counter;
  auto child = start<&count_to_three>("child", counter);
  record(static_cast<int>(counter.value()));
  record(static_cast<int>(counter.value()));
  child.join();
}

void store_one(Counter& counter) { counter.value() = 1; }
void add_ten(Counter& counter) { counter.value() += 10; }

void store_and_addition() {
  Counter counter;
  auto storing = start<&store_one>("storing", counter);
  auto adding = start<&add_ten>("adding", counter);
  storing.join();
  adding.join();
  record(static_cast<int>(counter.value()));
}

void add_twice(Counter& counter) {
  for (int i = 0; i < 2; ++i) counter.value() += 1;
}

void lost_updates() {
  Counter counter;
  auto child = start<&add_twice>("child", counter);
  record(static_cast<int>(counter.value()));
  add_twice(counter);
  child.join();
  record(static_cast<int>(counter.value()));
}

}  // namespace

HonestyProgram values_seen_while_counting() {
  return {"values/seen-while-counting", "what two reads see of a child's counting", &seen_while_counting};
}
HonestyProgram values_store_and_addition() {
  return {"values/store-and-addition", "an assignment and an unlocked += of two children",
          &store_and_addition};
}
HonestyProgram values_lost_updates() {
  return {"values/lost-updates", "two increments each, of which some may be lost", &lost_updates};
}

}  // namespace heddle::honesty
