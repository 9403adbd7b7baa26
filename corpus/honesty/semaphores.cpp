// Semaphores: permits that are fewer than takers, or come while they are taken.
#include <honesty/programs.hpp>

namespace heddle::honesty {
namespace {

void take_if_there(mp::Semaphore& permits) { mp::exit(permits.acquire(false) ? 1 : 0); }

void one_permit_three_takers() {
  mp::Semaphore permits(1);
  auto first = start<&take_if_there>("first", permits);
  auto second = start<&take_if_there>("second", permits);
  record(permits.acquire(false));
  record(status_of(first));
  record(status_of(second));
}

void release_twice(mp::Semaphore& permits) {
  permits.release();
  permits.release();
}

void taken_while_released() {
  mp::Semaphore permits(0);
  auto child = start<&release_twice>("child", permits);
  record(permits.acquire(false));
  record(permits.acquire(false));
  child.join();
}

void release_late(mp::Semaphore& permits) {
  mp::sleep(Milliseconds(1));
  permits.release();
  permits.release();
}

void wait_in_time() {
  mp::Semaphore permits(0);
  auto child = start<&release_late>("child", permits);
  record(permits.acquire(true, Milliseconds(1.5)));
  record(permits.acquire(false));
  child.join();
}

}  // namespace

HonestyProgram semaphores_one_permit_three_takers() {
  return {"semaphores/one-permit-three-takers", "who gets the only permit", &one_permit_three_takers};
}
HonestyProgram semaphores_taken_while_released() {
  return {"semaphores/taken-while-released", "how many of two permits are there yet", &taken_while_released};
}
HonestyProgram semaphores_wait_in_time() {
  return {"semaphores/wait-in-time", "a timed wait for permits that come about then", &wait_in_time};
}

}  // namespace heddle::honesty
