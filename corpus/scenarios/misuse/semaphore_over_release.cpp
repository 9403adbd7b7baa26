// Giving a BoundedSemaphore more permits back than were taken.
#include <chrono>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_locks.hpp>
#include <stdexcept>

namespace heddle::misuse {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// A download that finds no free place in time gives one back all the same.
namespace no_place_in_time {

void download(mp::BoundedSemaphore& places) {
  if (places.acquire(true, milliseconds(100))) mp::sleep(seconds(1));
  mp::sleep(seconds(1));
  places.release();  // the plant, where it had none
}

void download_fixed(mp::BoundedSemaphore& places) {
  if (!places.acquire(true, milliseconds(100))) return;
  mp::sleep(seconds(1));
  places.release();
}

template <auto Download>
void body() {
  mp::BoundedSemaphore places(1, {.name = "places"});
  mp::Process first(mp::fn<Download>, mp::args(places), {.name = "first"});
  mp::Process second(mp::fn<Download>, mp::args(places), {.name = "second"});
  first.start();
  second.start();
  first.join();
  second.join();
}

}  // namespace no_place_in_time

// A connection that breaks is given back where it breaks, and with all others at the end.
namespace given_back_twice {

void ask(bool is_broken) {
  if (is_broken) throw std::runtime_error("broken");
}

void use(mp::BoundedSemaphore& connections, bool is_broken) {
  connections.acquire();
  try {
    ask(is_broken);
  } catch (const std::runtime_error&) {
    connections.release();  // the plant
  }
  connections.release();
}

void use_fixed(mp::BoundedSemaphore& connections, bool is_broken) {
  const mp::With taken(connections);
  try {
    ask(is_broken);
  } catch (const std::runtime_error&) {
  }
}

template <auto Use>
void body() {
  mp::BoundedSemaphore connections(2, {.name = "connections"});
  mp::Thread good([&] { Use(connections, false); }, {.name = "good"});
  mp::Thread bad([&] { Use(connections, true); }, {.name = "bad"});
  good.start();
  bad.start();
  good.join();
  bad.join();
}

}  // namespace given_back_twice

// A counter of what is in a store, which is empty at first: there is no bound to what comes in.
namespace counts_up {

template <class AnySemaphore>
void deliver(AnySemaphore& in_store) {
  for (int crate = 0; crate < 2; ++crate) in_store.release();
}

template <class AnySemaphore>
void sell(AnySemaphore& in_store) {
  for (int crate = 0; crate < 2; ++crate) in_store.acquire();
}

template <class AnySemaphore>
void body() {
  AnySemaphore in_store(0, {.name = "in-store"});
  mp::Process supplier(mp::fn<&deliver<AnySemaphore>>, mp::args(in_store), {.name = "supplier"});
  mp::Process shop(mp::fn<&sell<AnySemaphore>>, mp::args(in_store), {.name = "shop"});
  shop.start();
  supplier.start();
  supplier.join();
  shop.join();
}

}  // namespace counts_up

}  // namespace

std::vector<Scenario> semaphore_over_release() {
  const std::vector<ExpectedFinding> caught{{.rule = "semaphore-over-release"}};
  return {
      {.name = "misuse/semaphore-over-release-1",
       .summary = "a download gives back the place that it did not get in time",
       .body = &no_place_in_time::body<&no_place_in_time::download>,
       .expected = caught},
      {.name = "misuse/semaphore-over-release-1-fixed",
       .summary = "a download that gets no place in time gives none back",
       .body = &no_place_in_time::body<&no_place_in_time::download_fixed>},
      {.name = "misuse/semaphore-over-release-2",
       .summary = "a thread gives a broken connection back where it breaks and at the end",
       .body = &given_back_twice::body<&given_back_twice::use>,
       .expected = caught},
      {.name = "misuse/semaphore-over-release-2-fixed",
       .summary = "a thread gives a connection back at the end, broken or not",
       .body = &given_back_twice::body<&given_back_twice::use_fixed>},
      {.name = "misuse/semaphore-over-release-3",
       .summary = "a BoundedSemaphore that begins with 0 counts what comes into a store",
       .body = &counts_up::body<mp::BoundedSemaphore>,
       .expected = caught},
      {.name = "misuse/semaphore-over-release-3-fixed",
       .summary = "a Semaphore that begins with 0 counts what comes into a store",
       .body = &counts_up::body<mp::Semaphore>},
  };
}

}  // namespace heddle::misuse
