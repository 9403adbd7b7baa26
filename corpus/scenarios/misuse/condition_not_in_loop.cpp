// Going on after wait() as if what was waited for were still so.
#include <chrono>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_locks.hpp>

namespace heddle::misuse {
namespace {

// Two customers, and one of them comes when the loaf for the other has just been put down.
namespace last_loaf {

void buy(mp::Condition& changed, mp::Value<int>& loaves) {
  const mp::With held(changed);
  if (loaves.value() == 0) changed.wait();  // the plant
  loaves.value() -= 1;
}

void buy_fixed(mp::Condition& changed, mp::Value<int>& loaves) {
  const mp::With held(changed);
  while (loaves.value() == 0) changed.wait();
  loaves.value() -= 1;
}

void bake(mp::Condition& changed, mp::Value<int>& loaves) {
  for (int loaf = 0; loaf < 2; ++loaf) {
    const mp::With held(changed);
    loaves.value() += 1;
    changed.notify();
  }
}

template <auto Buy>
void body() {
  mp::Condition changed({.name = "changed"});
  mp::Value<int> loaves(0, {.name = "loaves"});
  mp::Process customer_1(mp::fn<Buy>, mp::args(changed, loaves), {.name = "customer-1"});
  mp::Process customer_2(mp::fn<Buy>, mp::args(changed, loaves), {.name = "customer-2"});
  mp::Process baker(mp::fn<&bake>, mp::args(changed, loaves), {.name = "baker"});
  customer_1.start();
  customer_2.start();
  baker.start();
  customer_1.join();
  customer_2.join();
  baker.join();
}

}  // namespace last_loaf

// Everybody who waits for a seat, for a while, is told that one is free, and takes it.
namespace one_free_seat {

constexpr std::chrono::minutes patience(1);

struct Room {
  mp::Lock lock{{.name = "lock"}};
  mp::Condition changed{lock, {.name = "changed"}};
  mp::RawArray<int> taken{{1}, {.name = "taken"}};  // by whom
};

void sit_down(Room& room) {
  const mp::With held(room.lock);
  if (room.taken[0] != 0 && !room.changed.wait(patience)) return;
  room.taken[0] = 2;  // the plant: another may have heard it too
}

// Who finds the seat taken stands.
void sit_down_fixed(Room& room) {
  const mp::With held(room.lock);
  if (room.taken[0] != 0) room.changed.wait(patience);
  if (room.taken[0] != 0) return;
  room.taken[0] = 2;
}

void stand_up(Room& room) {
  const mp::With held(room.lock);
  room.taken[0] = 0;
  room.changed.notify_all();
}

template <auto SitDown>
void body() {
  Room room;
  mp::Thread left([&] { SitDown(room); }, {.name = "left"});
  mp::Thread right([&] { SitDown(room); }, {.name = "right"});
  mp::Thread sitter([&] { stand_up(room); }, {.name = "sitter"});
  left.start();
  right.start();
  sitter.start();
  left.join();
  right.join();
  sitter.join();
}

}  // namespace one_free_seat

// Someone who is in a hurry takes a token that was meant for another, which had a timeout only for the worst.
namespace hurried {

void take(mp::Condition& changed, mp::RawValue<int>& tokens) {
  const mp::With held(changed);
  if (tokens.value() == 0 && !changed.wait(std::chrono::hours(1))) return;
  tokens.value() -= 1;  // the plant: it was told, but is it still there?
}

void take_fixed(mp::Condition& changed, mp::RawValue<int>& tokens) {
  const mp::With held(changed);
  if (changed.wait_for([&] { return tokens.value() > 0; }, std::chrono::hours(1))) tokens.value() -= 1;
}

void hurry(mp::Condition& changed, mp::RawValue<int>& tokens) {
  const mp::With held(changed);
  if (tokens.value() > 0) tokens.value() -= 1;
}

template <auto Take>
void body() {
  mp::Condition changed({.name = "changed"});
  mp::RawValue<int> tokens(0, {.name = "tokens"});
  mp::Process patient(mp::fn<Take>, mp::args(changed, tokens), {.name = "patient"});
  mp::Process hurried(mp::fn<&hurry>, mp::args(changed, tokens), {.name = "hurried"});
  patient.start();
  hurried.start();
  {
    const mp::With held(changed);
    tokens.value() = 1;
    changed.notify();
  }
  hurried.join();
  patient.join();
}

}  // namespace hurried

}  // namespace

std::vector<Scenario> condition_not_in_loop() {
  const std::vector<ExpectedFinding> caught{{.rule = "condition-not-in-loop"}};
  return {
      {.name = "misuse/condition-not-in-loop-1",
       .summary = "a customer waits once for a loaf that another may take before it",
       .body = &last_loaf::body<&last_loaf::buy>,
       .expected = caught},
      {.name = "misuse/condition-not-in-loop-1-fixed",
       .summary = "a customer waits until there is a loaf, which another may have taken before it",
       .body = &last_loaf::body<&last_loaf::buy_fixed>},
      {.name = "misuse/condition-not-in-loop-2",
       .summary = "all who wait for one seat are told that it is free, and each takes it",
       .body = &one_free_seat::body<&one_free_seat::sit_down>,
       .expected = caught},
      {.name = "misuse/condition-not-in-loop-2-fixed",
       .summary = "all who wait for one seat are told that it is free, look once more and may have to stand",
       .body = &one_free_seat::body<&one_free_seat::sit_down_fixed>},
      {.name = "misuse/condition-not-in-loop-3",
       .summary = "a waiter with a timeout takes a token without a look whether it is still there",
       .body = &hurried::body<&hurried::take>,
       .expected = caught},
      {.name = "misuse/condition-not-in-loop-3-fixed",
       .summary = "a waiter with a timeout waits for a token to be there",
       .body = &hurried::body<&hurried::take_fixed>},
  };
}

}  // namespace heddle::misuse
