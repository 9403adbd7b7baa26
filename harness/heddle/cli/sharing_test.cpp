// Searches by several processes say what one process says.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>

#include <heddle/cli/sharing.hpp>
#include <mp/process/thread.hpp>
#include <mp/queue/queue.hpp>

namespace heddle::cli {
namespace {

void chooses_well() {
  const std::uint32_t first = choose(4);
  outcome(std::int64_t{first + choose(3)});
}
// Relies on a second being long enough.
void gets_in_time() {
  mp::Queue<int> numbers;
  mp::Thread putter([&] { numbers.put(7); });
  putter.start();
  bool is_there = true;
  try {
    numbers.get(true, std::chrono::seconds(1));
  } catch (const mp::Empty&) {
    is_there = false;
  }
  putter.join();
  check(is_there, "it came in time");
}
// A tree of 200 leaves.
void chooses_twice() {
  const std::uint32_t first = choose(50);
  outcome(std::int64_t{4 * first + choose(4)});
}
void chooses_badly() { check(choose(50) != 7, "seven is wrong"); }

const std::string& death_notice() {
  static const std::string file = std::filesystem::path(testing::TempDir()) / "sharing_test.died";
  return file;
}

/// The first worker to come here dies.
void one_dies() {
  if (choose(9) != 5) return;
  const int fd = ::open(death_notice().c_str(), O_CREAT | O_EXCL, 0600);
  if (fd >= 0) std::raise(SIGKILL);
}

class Sharing : public testing::Test {
 protected:
  Sharing()
      : output_(-1),
        status_(
            {}, [] { return 0.0; }, [](std::string_view) {}) {}

  static Search search(void (*body)(), std::uint64_t executions, std::string strategy = "random") {
    Options options;
    options.strategy = std::move(strategy);
    options.budget.executions = executions;
    return {.name = "program", .body = body, .options = options};
  }
  Searched run(const Search& search, std::uint32_t jobs) {
    return search_in_parts(search, shares_of({}, jobs), context_);
  }

  /// Every process is interrupted when it has asked so often whether it is.
  void interrupt_after(int questions) {
    context_.is_interrupted = [questions, asked = 0]() mutable { return asked++ >= questions; };
  }
  void interrupt_nobody() {
    context_.is_interrupted = [] { return false; };
  }

  Output output_;
  Status status_;
  Context context_{.scenarios = {},
                   .replay_command = "heddle replay",
                   .terminal = {},
                   .output = output_,
                   .status = status_,
                   .is_interrupted = [] { return false; },
                   .seconds = [] { return 0.0; }};
};

void expect_same(const Result& left, const Result& right) {
  EXPECT_EQ(left.verdict.index(), right.verdict.index());
  EXPECT_EQ(left.outcomes, right.outcomes);
  EXPECT_EQ(left.coverage.executions, right.coverage.executions);
  EXPECT_EQ(left.coverage.interleavings, right.coverage.interleavings);
  EXPECT_EQ(left.coverage.choice_points, right.coverage.choice_points);
  EXPECT_EQ(left.coverage.steps, right.coverage.steps);
}

const Failure& only_failure(const Result& result) {
  const auto& failures = std::get<Failed>(result.verdict).failures;
  EXPECT_EQ(failures.size(), 1u);
  return failures.front();
}

TEST_F(Sharing, LeavesNoExecutionOut) {
  const auto shares = shares_of({.index = 1, .count = 3}, 2);
  ASSERT_EQ(shares.size(), 2u);
  EXPECT_EQ(shares[0].share, (Share{.first = 1, .step = 6}));
  EXPECT_EQ(shares[1].share, (Share{.first = 4, .step = 6}));
}

TEST_F(Sharing, ByThreeSeesWhatOneSees) {
  for (const char* strategy : {"random", "pos"}) {
    const Search asked = search(&chooses_well, 500, strategy);
    expect_same(run(asked, 3).result, explore(asked.body, asked.options, asked.name));
  }
}

TEST_F(Sharing, OfATreeComesToItsEndOnce) {
  const Search asked = search(&chooses_twice, 10'000, "exhaustive");
  const Result alone = explore(asked.body, asked.options, asked.name);
  const Result shared = run(asked, 3).result;
  EXPECT_TRUE(alone.coverage.exhausted);
  EXPECT_TRUE(shared.coverage.exhausted);
  EXPECT_EQ(shared.coverage.interleavings, alone.coverage.interleavings);
  EXPECT_EQ(shared.coverage.executions, alone.coverage.executions);
  EXPECT_EQ(shared.outcomes, alone.outcomes);
}

TEST_F(Sharing, ByMoreThanThereAreExecutionsIsNoError) {
  EXPECT_EQ(run(search(&chooses_well, 2), 5).result.coverage.executions, 2u);
}

TEST_F(Sharing, FindsTheBugThatOneFinds) {
  const Search asked = search(&chooses_badly, 5'000);
  const Result alone = explore(asked.body, asked.options, asked.name);
  const Result shared = run(asked, 3).result;
  EXPECT_EQ(only_failure(shared).found_at, only_failure(alone).found_at);
  EXPECT_EQ(only_failure(shared).tape, only_failure(alone).tape);
}

TEST_F(Sharing, ThatFindsABugStopsAtOnceAndAtTheSamePlace) {
  for (const char* strategy : {"random", "portfolio"}) {
    const Search asked = search(&chooses_badly, 1'000'000, strategy);
    const Result first = run(asked, 3).result;
    EXPECT_LT(first.coverage.executions, 2'000u);
    expect_same(run(asked, 3).result, first);
  }
}

TEST_F(Sharing, KeepsApartWhatOnlyAnEarlyTimeoutShows) {
  for (const std::uint32_t jobs : {1u, 3u}) {
    const Result result = run(search(&gets_in_time, 600, "portfolio"), jobs).result;
    EXPECT_TRUE(std::holds_alternative<Passed>(result.verdict)) << jobs;
    ASSERT_EQ(result.beyond.size(), 1u) << jobs;
    EXPECT_EQ(result.beyond[0].finding.rule, "assertion") << jobs;
    EXPECT_EQ(result.coverage.executions, 600u) << jobs;
  }
}

TEST_F(Sharing, WithADeadProcessIsInconclusiveAndKeepsTheRest) {
  std::filesystem::remove(death_notice());
  const Searched searched = run(search(&one_dies, 600), 3);
  EXPECT_TRUE(std::holds_alternative<GaveUp>(searched.result.verdict));
  ASSERT_EQ(searched.lost.size(), 1u);
  EXPECT_NE(searched.lost[0].find("was killed by signal 9"), std::string::npos);
  EXPECT_EQ(searched.result.coverage.executions, 400u);
  EXPECT_EQ(std::ranges::count(searched.parts, true, &Partial::ended), 2);
}

TEST_F(Sharing, GoesOnWithTheShareOfADeadProcess) {
  std::filesystem::remove(death_notice());
  const Search asked = search(&one_dies, 600);
  const Searched first = run(asked, 3);
  const Searched second = search_in_parts(asked, to_go_on(first.parts, "random"), context_);
  EXPECT_TRUE(second.lost.empty());
  EXPECT_EQ(second.result.coverage.executions, 600u);
}

TEST_F(Sharing, ThatIsInterruptedAndGoesOnSeesWhatOneRunSees) {
  for (const char* strategy : {"random", "portfolio", "exhaustive"})
    for (const std::uint32_t jobs : {1u, 2u}) {
      if (jobs > 1 && std::string_view(strategy) == "exhaustive") continue;
      const Search asked = search(&chooses_well, 1'000, strategy);
      const Result whole = run(asked, jobs).result;
      interrupt_after(3);
      const Searched cut = run(asked, jobs);
      interrupt_nobody();
      EXPECT_EQ(cut.result.interrupted, !whole.coverage.exhausted) << strategy << jobs;
      expect_same(search_in_parts(asked, to_go_on(cut.parts, strategy), context_).result, whole);
    }
}

TEST_F(Sharing, ThatIsInterruptedBeforeItsBugFindsItLater) {
  const Search asked = search(&chooses_badly, 5'000);
  const Result whole = run(asked, 2).result;
  interrupt_after(0);
  const Searched cut = run(asked, 2);
  interrupt_nobody();
  const Result rest = search_in_parts(asked, to_go_on(cut.parts, "random"), context_).result;
  EXPECT_EQ(only_failure(rest).found_at, only_failure(whole).found_at);
  expect_same(rest, whole);
}

// Two parts of one execution each, which made the same choices.
TEST_F(Sharing, ThatWasCutShortIsNotCalledVacuous) {
  const Search asked = search(&chooses_well, 300);
  for (const bool have_ended : {false, true}) {
    std::vector<Partial> parts = shares_of({}, 2);
    for (Partial& part : parts) {
      part.made = part.coverage.executions = 1;
      part.ended = have_ended;
    }
    const Result result = conclude_parts(asked, parts, {}, context_);
    EXPECT_EQ(std::holds_alternative<Failed>(result.verdict), have_ended);
    EXPECT_EQ(result.interrupted, !have_ended);
  }
}

TEST_F(Sharing, ThatHasEndedIsLeftAsItIs) {
  const Search asked = search(&chooses_well, 300, "portfolio");
  const Searched whole = run(asked, 2);
  const auto parts = to_go_on(whole.parts, "portfolio");
  EXPECT_EQ(parts[1].made, 150u);
  expect_same(search_in_parts(asked, parts, context_).result, whole.result);
}

}  // namespace
}  // namespace heddle::cli
