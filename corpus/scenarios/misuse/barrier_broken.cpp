// A barrier that breaks, by one party, for others who are not ready for that.
#include <chrono>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_locks.hpp>
#include <stdexcept>

namespace heddle::misuse {
namespace {

using std::chrono::seconds;

// One has less patience than another needs time.
namespace impatient {

void prepare_long(mp::Barrier& start) {
  mp::sleep(seconds(10));
  start.wait();
}

template <int patience_seconds>
void prepare(mp::Barrier& start) {
  try {
    start.wait(seconds(patience_seconds));
  } catch (const mp::BrokenBarrierError&) {
    // Without me.
  }
}

template <int patience_seconds>
void body() {
  mp::Barrier start(2, {.name = "start"});
  mp::Process slow(mp::fn<&prepare_long>, mp::args(start), {.name = "slow"});
  mp::Process quick(mp::fn<&prepare<patience_seconds>>, mp::args(start), {.name = "quick"});
  slow.start();
  quick.start();
  slow.join();
  quick.join();
}

}  // namespace impatient

// A worker that reads nonsense calls everything off. The others hear of it at the barrier.
namespace called_off {

void read(mp::Barrier& all_read, int value) {
  if (value < 0) {
    all_read.abort();
    return;
  }
  all_read.wait();
}

void read_fixed(mp::Barrier& all_read, int value) {
  try {
    read(all_read, value);
  } catch (const mp::BrokenBarrierError&) {
    // Called off.
  }
}

template <auto Read>
void body() {
  mp::Barrier all_read(3, {.name = "all-read"});
  mp::Process first(mp::fn<Read>, mp::args(all_read, 1), {.name = "first"});
  mp::Process second(mp::fn<Read>, mp::args(all_read, -1), {.name = "second"});
  mp::Process third(mp::fn<Read>, mp::args(all_read, 2), {.name = "third"});
  first.start();
  second.start();
  third.start();
  first.join();
  second.join();
  third.join();
}

}  // namespace called_off

// What is done between two rounds fails. Who came last learns why, the others that it did.
namespace between_rounds {

void swap_grids() { throw std::runtime_error("no memory"); }

void swap_grids_fixed() {
  try {
    swap_grids();
  } catch (const std::runtime_error&) {
    // The next round works on the old one.
  }
}

void step(mp::Barrier& round) {
  try {
    round.wait();
  } catch (const mp::BrokenBarrierError&) {
    throw;  // not by me
  } catch (const std::runtime_error&) {
    // It was my turn to swap.
  }
}

template <auto Swap>
void body() {
  mp::Barrier round(2, mp::fn<Swap>, {.name = "round"});
  mp::Process left(mp::fn<&step>, mp::args(round), {.name = "left"});
  mp::Process right(mp::fn<&step>, mp::args(round), {.name = "right"});
  left.start();
  right.start();
  left.join();
  right.join();
}

}  // namespace between_rounds

}  // namespace

std::vector<Scenario> barrier_broken() {
  const std::vector<ExpectedFinding> caught{{.rule = "barrier-broken"}};
  return {
      {.name = "misuse/barrier-broken-1",
       .summary = "a party's timeout breaks the barrier for one that needs longer",
       .body = &impatient::body<1>,
       .expected = caught},
      {.name = "misuse/barrier-broken-1-fixed",
       .summary = "a party's timeout is longer than another's preparations",
       .body = &impatient::body<60>},
      {.name = "misuse/barrier-broken-2",
       .summary = "a worker aborts the barrier at which two others wait",
       .body = &called_off::body<&called_off::read>,
       .expected = caught},
      {.name = "misuse/barrier-broken-2-fixed",
       .summary = "a worker aborts the barrier at which two others wait, who expect that",
       .body = &called_off::body<&called_off::read_fixed>},
      {.name = "misuse/barrier-broken-3",
       .summary = "the action between two rounds raises and breaks the barrier for the other party",
       .body = &between_rounds::body<&between_rounds::swap_grids>,
       .expected = caught},
      {.name = "misuse/barrier-broken-3-fixed",
       .summary = "the action between two rounds handles what it raises",
       .body = &between_rounds::body<&between_rounds::swap_grids_fixed>},
  };
}

}  // namespace heddle::misuse
