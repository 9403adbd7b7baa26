// A barrier for more parties than will come.
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_locks.hpp>

namespace heddle::misuse {
namespace {

// The barrier was made for three workers, of which one has nothing to sort and goes home.
namespace goes_home {

void sort(mp::Barrier& all_sorted, int items) {
  if (items == 0) return;  // the plant
  all_sorted.wait();
}

void sort_fixed(mp::Barrier& all_sorted, int) { all_sorted.wait(); }

template <auto Sort>
void body() {
  mp::Barrier all_sorted(3, {.name = "all-sorted"});
  mp::Process first(mp::fn<Sort>, mp::args(all_sorted, 2), {.name = "first"});
  mp::Process second(mp::fn<Sort>, mp::args(all_sorted, 0), {.name = "second"});
  mp::Process third(mp::fn<Sort>, mp::args(all_sorted, 1), {.name = "third"});
  first.start();
  second.start();
  third.start();
  first.join();
  second.join();
  third.join();
}

}  // namespace goes_home

// Two threads work in rounds until they have what they need; one needs a round less.
namespace a_round_less {

void iterate(mp::Barrier& round, int rounds) {
  for (int i = 0; i < rounds; ++i) round.wait();
}

// Who has what it needs tells the others, who expect that.
void iterate_fixed(mp::Barrier& round, int rounds) {
  try {
    iterate(round, rounds);
  } catch (const mp::BrokenBarrierError&) {
  }
  round.abort();
}

template <auto Iterate>
void body() {
  mp::Barrier round(2, {.name = "round"});
  mp::Thread coarse([&] { Iterate(round, 2); }, {.name = "coarse"});
  mp::Thread fine([&] { Iterate(round, 3); }, {.name = "fine"});
  coarse.start();
  fine.start();
  coarse.join();
  fine.join();
}

}  // namespace a_round_less

// main waits with its two workers for the start, and joins them instead of waiting for the end.
namespace main_counts_too {

void work(mp::Barrier& phase) {
  phase.wait();
  phase.wait();
}

template <bool is_fixed>
void body() {
  mp::Barrier phase(3, {.name = "phase"});
  mp::Process worker_1(mp::fn<&work>, mp::args(phase), {.name = "worker-1"});
  mp::Process worker_2(mp::fn<&work>, mp::args(phase), {.name = "worker-2"});
  worker_1.start();
  worker_2.start();
  phase.wait();
  if (is_fixed) phase.wait();
  worker_1.join();
  worker_2.join();
}

}  // namespace main_counts_too

}  // namespace

std::vector<Scenario> barrier_short() {
  const std::vector<ExpectedFinding> caught{{.rule = "barrier-short"}};
  return {
      {.name = "misuse/barrier-short-1",
       .summary = "one of three parties has nothing to do and does not come to the barrier",
       .body = &goes_home::body<&goes_home::sort>,
       .expected = caught},
      {.name = "misuse/barrier-short-1-fixed",
       .summary = "one of three parties has nothing to do and comes to the barrier",
       .body = &goes_home::body<&goes_home::sort_fixed>},
      {.name = "misuse/barrier-short-2",
       .summary = "of two threads one comes to the barrier twice, the other three times",
       .body = &a_round_less::body<&a_round_less::iterate>,
       .expected = caught},
      {.name = "misuse/barrier-short-2-fixed",
       .summary = "the thread that comes to the barrier less often breaks it, which the other expects",
       .body = &a_round_less::body<&a_round_less::iterate_fixed>},
      {.name = "misuse/barrier-short-3",
       .summary = "main is a party of the first phase and joins the others in the second",
       .body = &main_counts_too::body<false>,
       .expected = caught},
      {.name = "misuse/barrier-short-3-fixed",
       .summary = "main is a party of both phases and joins the others then",
       .body = &main_counts_too::body<true>},
  };
}

}  // namespace heddle::misuse
