// Stories of small programs whose default run ends in an assertion, so that one execution tells all.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include <heddle/api/heddle.hpp>
#include <heddle/story/story.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::story {
namespace {

Failure failure_of(const std::function<void()>& body) {
  Options options;
  options.budget.executions = 1;
  const Result result = explore(body, options);
  return std::get<Failed>(result.verdict).failures.at(0);
}

Story story(const std::function<void()>& body, std::size_t operations_max = 1000) {
  return story_of(failure_of(body), operations_max).value();
}

std::vector<std::string> words_in(const Story& story) {
  std::vector<std::string> words;
  for (const Operation& operation : story.operations) words.push_back(operation.words);
  return words;
}

bool has_arrow(const Story& story, std::string_view why, const std::string& from, const std::string& to) {
  return std::ranges::any_of(story.arrows, [&](const Arrow& arrow) {
    return arrow.why == why && story.operations[arrow.from].words == from &&
           story.operations[arrow.to].words == to;
  });
}

std::vector<std::string> states_of(const Story& story, const std::string& object) {
  std::vector<std::string> states;
  for (const Change& change : story.changes)
    if (change.object == object) states.push_back(change.state);
  return states;
}

void fail() { check(false, "the end"); }

void puts_and_gets() {
  mp::Queue<int> jobs(0, {.name = "jobs"});
  mp::Thread taker([&] { static_cast<void>(jobs.get()); }, {.name = "taker"});
  taker.start();
  jobs.put(7);
  taker.join();
  fail();
}

void takes_a_lock_in_turn() {
  mp::Lock door({.name = "door"});
  mp::Thread other(
      [&] {
        door.acquire();
        door.release();
      },
      {.name = "other"});
  door.acquire();
  other.start();
  door.release();
  other.join();
  fail();
}

TEST(Story, TellsWhatTheProgramsOwnTasksDidAndInWhichOrder) {
  const Story told = story(&puts_and_gets);
  EXPECT_EQ(words_in(told),
            (std::vector<std::string>{"taker.start()", "jobs.put(7)", "taker.join()", "jobs.get()"}));
  EXPECT_EQ(told.lanes, (std::vector<Lane>{{.process = "main"}, {.process = "main", .thread = "taker"}}));
}

TEST(Story, LeadsFromWhatWasPutToWhoGotIt) {
  const Story told = story(&puts_and_gets);
  EXPECT_TRUE(has_arrow(told, "item", "jobs.put(7)", "jobs.get()"));
  EXPECT_TRUE(has_arrow(told, "start", "taker.start()", "jobs.get()"));
  EXPECT_TRUE(has_arrow(told, "exit", "jobs.get()", "taker.join()"));
}

TEST(Story, LeadsFromAReleaseToTheNextAcquire) {
  EXPECT_TRUE(has_arrow(story(&takes_a_lock_in_turn), "release", "door.release()", "door.acquire()"));
}

TEST(Story, TellsWhatIsInAQueue) {
  EXPECT_EQ(states_of(story(&puts_and_gets), "jobs"),
            (std::vector<std::string>{"[7]", "[7]; main/taker waits", "[]"}));
}

TEST(Story, TellsWhoHoldsALockAndForHowLong) {
  const Story told = story(&takes_a_lock_in_turn);
  EXPECT_EQ(states_of(told, "door"),
            (std::vector<std::string>{"free", "held by main", "free", "held by main/other", "free"}));
  ASSERT_EQ(told.holds.size(), 2U);
  EXPECT_TRUE(told.holds[0].has_ended);
  EXPECT_EQ(told.holds[0].lane, 0U);
  EXPECT_EQ(told.holds[1].lane, 1U);
}

TEST(Story, LeavesOutTheMiddleOfALongOneAndSaysHowMuch) {
  const Story told = story(
      [] {
        mp::Lock door({.name = "door"});
        for (int round = 0; round < 50; ++round) {
          door.acquire();
          door.release();
        }
        fail();
      },
      20);
  EXPECT_EQ(told.operations.size(), 20U);
  EXPECT_EQ(told.left_out, 80U);
}

TEST(Story, MarksWhereADeviationShows) {
  Failure failure = failure_of(&puts_and_gets);
  const Story plain = story_of(failure, 1000).value();
  failure.essentials = {{.kind = ChoiceKind::task, .step = plain.operations[1].begin, .who = "main/taker"}};
  const Story told = story_of(failure, 1000).value();
  ASSERT_EQ(told.operations[3].words, "jobs.get()");
  EXPECT_EQ(told.operations[3].switched, 1U);
  EXPECT_EQ(std::ranges::count(told.operations, 0U, &Operation::switched), 3);
}

TEST(Story, IsNoneWithoutAHistory) { EXPECT_FALSE(story_of(Failure{.finding = {}}, 10)); }

TEST(Story, MarksTheFindingsParties) {
  const Story told = story([] {
    mp::Lock door({.name = "door"});
    door.acquire();
    door.acquire();
  });
  EXPECT_TRUE(std::ranges::any_of(told.operations, [](const Operation& each) {
    return each.party > 0 && !each.has_ended && each.words == "door.acquire()";
  }));
}

}  // namespace
}  // namespace heddle::story
