// What the comparison of the two worlds makes of what it sees, and that it sees a world that lies.
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <heddle/api/heddle.hpp>
#include <heddle/api/honesty.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle {
namespace {

using Outcomes = std::set<std::string>;

constexpr HonestyOptions few{
    .systematic_max = 1'000, .random_min = 1'000, .random_max = 5'000, .host_runs = 5};

Comparison judged(Outcomes sim, Outcomes host, bool exhausted, std::string trouble = {}) {
  Comparison comparison{.sim = std::move(sim),
                        .host = std::move(host),
                        .strangers = {},
                        .exhausted = exhausted,
                        .trouble = std::move(trouble)};
  judge(comparison);
  return comparison;
}

TEST(Honesty, PassesOnlyAfterAnExhaustedSearch) {
  EXPECT_EQ(judged({"1", "2"}, {"1"}, true).verdict, Honesty::passed);
  EXPECT_EQ(judged({"1", "2"}, {"1"}, false).verdict, Honesty::inconclusive);
}

TEST(Honesty, FailsOnAStrangerOnlyAfterAnExhaustedSearch) {
  EXPECT_EQ(judged({"1"}, {"1", "2"}, true).verdict, Honesty::failed);
  EXPECT_EQ(judged({"1"}, {"1", "2"}, false).verdict, Honesty::inconclusive);
  EXPECT_EQ(judged({"1"}, {"1", "2"}, false).strangers, Outcomes{"2"});
}

TEST(Honesty, FailsOnTrouble) {
  EXPECT_EQ(judged({"1"}, {"1"}, true, "host: hang").verdict, Honesty::failed);
  EXPECT_EQ(judged({"1"}, {"1"}, false, "host: hang").verdict, Honesty::failed);
}

TEST(Honesty, OfASmallProgramIsProvedByExhaustion) {
  const Comparison found = compare_worlds(
      [] {
        mp::Semaphore permits(0);
        mp::Thread releasing([&] { permits.release(); });
        releasing.start();
        outcome(permits.acquire(false) ? "there" : "not yet");
        releasing.join();
      },
      {.systematic_max = 1'000'000, .host_runs = 5});
  EXPECT_EQ(found.verdict, Honesty::passed);
  EXPECT_EQ(found.sim, (Outcomes{"there", "not yet"}));
  EXPECT_EQ(found.host_runs, 5U);
}

// Of one process's id the host knows something that sim cannot: the search that went on for it ends.
TEST(Honesty, KnowsAStrangerWhenItSeesOne) {
  const pid_t harness = ::getpid();
  const Comparison found =
      compare_worlds([harness] { outcome(::getpid() == harness ? "sim" : "host"); }, few);
  EXPECT_TRUE(found.exhausted);
  EXPECT_EQ(found.strangers, Outcomes{"host"});
  EXPECT_EQ(found.verdict, Honesty::failed);
}

TEST(Honesty, SearchesOnForAStrangerUpToALimit) {
  const pid_t harness = ::getpid();
  const auto body = [harness] {
    for (int i = 0; i < 20; ++i) static_cast<void>(choose(2));
    outcome(::getpid() == harness ? "sim" : "host");
  };
  const Comparison found = compare_worlds(body, few);
  EXPECT_EQ(found.verdict, Honesty::inconclusive);
  EXPECT_EQ(found.strangers, Outcomes{"host"});
  EXPECT_EQ(found.sim_executions, few.systematic_max + few.random_min + few.random_max);
}

TEST(Honesty, IsInTroubleWhereARunEndsBadly) {
  const pid_t harness = ::getpid();
  const Comparison found = compare_worlds([harness] { check(::getpid() == harness, "only in sim"); }, few);
  EXPECT_EQ(found.verdict, Honesty::failed);
  EXPECT_EQ(found.trouble, "host: assertion: main: only in sim");
}

TEST(Honesty, DoesNotRunOnTheHostWhatEndsBadlyInSim) {
  const Comparison found = compare_worlds([] { check(false, "nowhere"); }, few);
  EXPECT_EQ(found.verdict, Honesty::failed);
  EXPECT_EQ(found.trouble, "sim: assertion: main: nowhere");
  EXPECT_EQ(found.host_runs, 0U);
}

}  // namespace
}  // namespace heddle
