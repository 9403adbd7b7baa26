// Processes that work together: what they say, how they end, and what their end costs the others.
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

#include <heddle/workers/workers.hpp>

namespace heddle::workers {
namespace {

TEST(Workers, EachSayWhatTheyHaveToSay) {
  const auto said = run_workers(3, {.job = [](std::uint32_t worker) { return std::to_string(worker * 10); }});
  ASSERT_EQ(said.size(), 3u);
  for (std::uint32_t worker = 0; worker < 3; ++worker) {
    EXPECT_EQ(said[worker].text, std::to_string(worker * 10));
    EXPECT_EQ(said[worker].trouble, "");
  }
}

TEST(Workers, AreOtherProcesses) {
  const auto said = run_workers(1, {.job = [](std::uint32_t) { return std::to_string(::getpid()); }});
  EXPECT_NE(said[0].text, std::to_string(::getpid()));
}

TEST(Workers, MaySayMoreThanAPipeHolds) {
  const auto said = run_workers(2, {.job = [](std::uint32_t) { return std::string(3'000'000, 'x'); }});
  EXPECT_EQ(said[0].text.size(), 3'000'000u);
  EXPECT_EQ(said[1].text.size(), 3'000'000u);
}

TEST(Workers, ThatAreKilledTakeNothingOfTheOthersAlong) {
  const auto said = run_workers(3, {.job = [](std::uint32_t worker) {
                                  if (worker == 1) std::raise(SIGKILL);
                                  return std::string("alive");
                                }});
  EXPECT_EQ(said[0].text, "alive");
  EXPECT_EQ(said[1].text, "");
  EXPECT_EQ(said[1].trouble, "was killed by signal 9");
  EXPECT_EQ(said[2].text, "alive");
}

TEST(Workers, ThatThrowSayWhy) {
  const auto said =
      run_workers(1, {.job = [](std::uint32_t) -> std::string { throw std::runtime_error("no luck"); }});
  EXPECT_EQ(said[0].trouble, "failed: no luck");
}

TEST(Workers, ThatEndByThemselvesAreTrouble) {
  const auto said = run_workers(1, {.job = [](std::uint32_t) -> std::string { ::_exit(7); }});
  EXPECT_EQ(said[0].trouble, "ended with exit code 7");
}

TEST(Workers, AreToldOfAsTheyGo) {
  std::vector<std::uint32_t> gone;
  run_workers(2, {.job = [](std::uint32_t) { return std::string(); },
                  .gone = [&](std::uint32_t worker) { gone.push_back(worker); }});
  EXPECT_EQ(gone.size(), 2u);
}

}  // namespace
}  // namespace heddle::workers
