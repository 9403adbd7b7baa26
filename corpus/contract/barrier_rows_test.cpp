// Barrier: the rows BAR-* of the contract. That somebody waits is read from n_waiting, in small sleeps.
#include <chrono>
#include <vector>

#include <heddle/trial/rows.hpp>
#include <heddle/trial/trial.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;

/// What a party's wait gave, when it gave no index.
constexpr int was_broken = -1;

int wait_at(mp::Barrier& barrier, mp::Timeout timeout = std::nullopt) {
  try {
    return barrier.wait(timeout);
  } catch (const mp::BrokenBarrierError&) {
    return was_broken;
  }
}

void wait_and_say(mp::Barrier& barrier, mp::Value<int>& gave) { gave.value() = wait_at(barrier); }

void wait_until_waiting(mp::Barrier& barrier, int parties) {
  while (barrier.n_waiting() < parties) mp::sleep(0.001s);
}

/// A process that has arrived at the barrier.
struct Party {
  mp::Value<int> gave{-2};
  mp::Process process;

  explicit Party(mp::Barrier& barrier) : process(mp::fn<&wait_and_say>, mp::args(barrier, gave)) {
    const int before = barrier.n_waiting();
    process.start();
    wait_until_waiting(barrier, before + 1);
  }
  int join() {
    process.join();
    return gave.value();
  }
};

void count_index(mp::Barrier& barrier, mp::Value<int>& sum, mp::Value<int>& last, int trips) {
  for (int i = 0; i < trips; ++i) {
    const int index = barrier.wait();
    const mp::With held(sum);
    sum.value() += 1 << (4 * index);
    if (index == barrier.parties() - 1) last.value() += 1;
  }
}

void each_party_has_another_index() {
  mp::Barrier barrier(3);
  mp::Value<int> sum(0);
  mp::Value<int> last(0);
  std::vector<mp::Process> parties;
  for (int i = 0; i < 3; ++i) {
    parties.emplace_back(mp::fn<&count_index>, mp::args(barrier, sum, last, 2));
    parties.back().start();
  }
  for (mp::Process& party : parties) party.join();
  check(sum.value() == 0x222, "an index was given twice or not at all");
  check(last.value() == 2, "not one party of a trip was the last");
  Party first(barrier);
  Party second(barrier);
  check(barrier.wait() == 2, "the last to come has another index than parties - 1");
  check(first.join() == 0 && second.join() == 1, "those before have other indexes than their order");
}

void step(mp::Barrier& barrier, mp::Value<int>& done) {
  for (int round = 1; round <= 2; ++round) {
    {
      const mp::With held(done);
      done.value() += 1;
    }
    barrier.wait();
    check(done.value() >= barrier.parties() * round, "released before all had come");
    barrier.wait();
  }
}

void parties_go_in_step() {
  mp::Barrier barrier(2);
  mp::Value<int> done(0);
  mp::Process first = start<&step>("first", barrier, done);
  mp::Process second = start<&step>("second", barrier, done);
  first.join();
  second.join();
}

// --- the action -------------------------------------------------------------------------------------------

void say_exit() { mp::exit(7); }
[[noreturn]] void fail() { throw mp::ValueError("the action failed"); }

void action_runs_in_the_last_before_anyone_is_released() {
  mp::Barrier barrier(2, mp::fn<[] { mp::sleep(0.005s); }>);
  Party first(barrier);
  const mp::Instant before = mp::os().now();
  barrier.wait();
  check(mp::os().now() - before >= 5ms, "the last did not run the action");
  check(first.join() == 0, "the other was not released");
  mp::Process alone = start<[](mp::Barrier& all) { all.wait(); }>("alone", barrier);
  wait_until_waiting(barrier, 1);
  barrier.wait();  // the action runs in every trip
  alone.join();
  check(mp::os().now() - before >= 10ms, "the action did not run again");
}

void action_runs_in_a_child_that_comes_last() {
  mp::Barrier barrier(2, mp::fn<&say_exit>);
  int gave = -2;
  mp::Thread first = start_thread("first", [&] { gave = wait_at(barrier); });
  wait_until_waiting(barrier, 1);
  mp::Process last = start<[](mp::Barrier& all) { all.wait(); }>("last", barrier);
  last.join();
  first.join();
  check(last.exitcode() == 7, "the action did not run in the last");
  check(gave == was_broken, "an action that left did not break the barrier");
}

void action_that_throws_breaks() {
  mp::Barrier barrier(2, mp::fn<&fail>);
  Party first(barrier);
  check_throws<mp::ValueError>([&] { barrier.wait(); }, "the action's exception is not the last party's");
  check(first.join() == was_broken && barrier.broken(), "an action that threw did not break the barrier");
}

// --- broken -----------------------------------------------------------------------------------------------

void time_that_runs_out_breaks() {
  mp::Barrier barrier(3);
  Party first(barrier);
  check(wait_at(barrier, 0.005s) == was_broken, "a wait that was not met gave an index");
  check(first.join() == was_broken, "another's timeout released a party");
  check(barrier.broken(), "a timeout did not break the barrier");
  for (const auto none : {0s, -1s}) {
    mp::Barrier other(2);
    check(wait_at(other, none) == was_broken && other.broken(), "a wait without time did not break");
  }
  mp::Barrier own(2, {.timeout = 0.005s});
  check(wait_at(own) == was_broken && own.broken(), "the barrier's own timeout did not break it");
  mp::Barrier one(1);
  check(wait_at(one, 0s) == 0, "the last to come needed time");
}

void broken_barrier_is_broken_until_reset() {
  mp::Barrier barrier(2);
  check(!barrier.broken() && barrier.parties() == 2 && barrier.n_waiting() == 0,
        "a new barrier is not empty");
  barrier.abort();
  check(barrier.broken() && barrier.n_waiting() == 0, "abort did not break");
  for (int i = 0; i < 2; ++i) check(wait_at(barrier) == was_broken, "a broken barrier let a party in");
  barrier.reset();
  check(!barrier.broken(), "reset did not mend");
  Party first(barrier);
  check(wait_at(barrier) == 1 && first.join() == 0, "a mended barrier does not trip");
}

void abort_sends_waiters_away() {
  mp::Barrier barrier(3);
  Party first(barrier);
  Party second(barrier);
  barrier.abort();
  barrier.abort();
  check(first.join() == was_broken && second.join() == was_broken, "abort released a party");
  check(barrier.broken(), "abort did not break");
}

void reset_sends_waiters_away() {
  mp::Barrier barrier(2);
  barrier.reset();
  Party first(barrier);
  barrier.reset();
  check(!barrier.broken() && barrier.n_waiting() == 0, "reset left a party or a broken barrier");
  Party second(barrier);
  check(wait_at(barrier) == 1, "a barrier that was reset does not trip");
  check(first.join() == was_broken && second.join() == 0, "reset took the wrong party away");
}

// --- draining ---------------------------------------------------------------------------------------------

// More come than one trip takes; each trip takes two that came for it.
void those_who_come_meanwhile_make_the_next_trip() {
  mp::Barrier barrier(2, mp::fn<[] { mp::sleep(0.001s); }>);
  mp::Value<int> firsts(0);
  std::vector<mp::Process> parties;
  for (int i = 0; i < 4; ++i) {
    parties.push_back(start<[](mp::Barrier& all, mp::Value<int>& came_first) {
      if (all.wait() != 0) return;
      const mp::With held(came_first);
      came_first.value() += 1;
    }>("party", barrier, firsts));
  }
  for (mp::Process& party : parties) party.join();
  check(firsts.value() == 2, "four parties did not make two trips of two");
}

void number_of_parties_is_checked() {
  for (const int parties : {0, -1})
    check_throws<mp::ValueError>([&] { mp::Barrier{parties}; }, "a barrier for nobody was made");
}

// --- killed parties ---------------------------------------------------------------------------------------

void killed_waiter_hangs_nobody() {
  mp::Barrier barrier(3);
  Party victim(barrier);
  victim.process.kill();
  victim.process.join();
  check(barrier.n_waiting() == 1, "a killed waiter is not counted");
  Party other(barrier);
  check(barrier.wait() == 2, "a killed waiter was not met");
  check(other.join() == 1, "the other was not released");
  check(wait_at(barrier, 0.005s) == was_broken, "a killed party came again");
}

void killed_waiter_is_forgotten_by_reset() {
  mp::Barrier barrier(2);
  Party victim(barrier);
  victim.process.kill();
  victim.process.join();
  barrier.reset();
  check(barrier.n_waiting() == 0, "reset left the killed waiter");
  Party other(barrier);
  check(barrier.wait() == 1 && other.join() == 0, "the barrier does not trip without the dead");
}

void killed_actor_breaks() {
  mp::Barrier barrier(2, mp::fn<[] { mp::sleep(1000s); }>);
  int gave = -2;
  mp::Thread first = start_thread("first", [&] { gave = wait_at(barrier); });
  wait_until_waiting(barrier, 1);
  mp::Process last = start<[](mp::Barrier& all) { all.wait(); }>("last", barrier);
  wait_until_waiting(barrier, 2);  // the action runs
  last.kill();
  first.join();
  last.join();
  check(gave == was_broken && barrier.broken(), "a killed action released a party");
}

const Row rows[] = {
    {"BAR-01", "each party of a trip has another index, the last the greatest",
     &each_party_has_another_index},
    {"BAR-01", "parties go in step", &parties_go_in_step},
    {"BAR-02", "the action runs in the last to come, before anyone is released",
     &action_runs_in_the_last_before_anyone_is_released},
    {"BAR-02", "a child that comes last runs the action", &action_runs_in_a_child_that_comes_last},
    {"BAR-02", "an action that throws breaks the barrier", &action_that_throws_breaks},
    {"BAR-03", "time that runs out breaks the barrier for all", &time_that_runs_out_breaks},
    {"BAR-04", "a broken barrier lets nobody in until reset", &broken_barrier_is_broken_until_reset},
    {"BAR-05", "abort sends all who wait away", &abort_sends_waiters_away},
    {"BAR-05", "reset sends all who wait away and leaves the barrier whole", &reset_sends_waiters_away},
    {"BAR-06", "those who come during a trip make the next one",
     &those_who_come_meanwhile_make_the_next_trip},
    {"BAR-07", "a barrier for fewer than one party is a ValueError", &number_of_parties_is_checked},
    {"BAR-08", "a killed waiter has arrived and hangs nobody", &killed_waiter_hangs_nobody},
    {"BAR-08", "reset forgets a killed waiter", &killed_waiter_is_forgotten_by_reset},
    {"BAR-08", "a party killed in the action breaks the barrier", &killed_actor_breaks},
};

HEDDLE_CONTRACT_ROWS(Barrier, rows);

// BAR-03, where the clock is certain: nobody's time runs out once all are there.
void acts_longer_than_a_party_would_wait() {
  mp::Barrier barrier(2, mp::fn<[] { mp::sleep(2s); }>);
  mp::Thread party([&] { barrier.wait(1s); });
  party.start();
  barrier.wait();
  party.join();
  check(!barrier.broken(), "a party's time ran out while the last one acted");
}

TEST(Barrier, HasAllThereBeforeItActs) {
  const Options options{.budget = {.executions = 1'000}, .run = {.granularity = Granularity::os}};
  EXPECT_EQ(trouble_in(explore(&acts_longer_than_a_party_would_wait, options)), "");
}

}  // namespace
}  // namespace heddle::trial
