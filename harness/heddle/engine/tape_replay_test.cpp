// Matching a tape's entries against choices that come up.
#include <gtest/gtest.h>

#include <heddle/engine/tape_replay.hpp>

namespace heddle {
namespace {

// What a tape does not ask for.
class FewTasks : public Tasks {
 public:
  TaskId id(TaskIndex task) const override { return task; }
  TaskIndex parent(TaskIndex) const override { return no_task; }
  Access intent(TaskIndex) const override { return {}; }
  const Steps& steps() const override { return steps_; }

 private:
  Steps steps_{};
};

// Task t is labelled "t<t>"; answer a picks task a.
class Numbered : public FewTasks {
 public:
  TaskIndex candidate(std::uint32_t answer) const override { return answer; }
  std::string label(TaskIndex task) const override { return "t" + std::to_string(task); }
};

Choice choice(const Numbered& tasks, std::uint32_t ordinal, ChoiceKind kind = ChoiceKind::task) {
  return {.kind = kind, .task = 0, .ordinal = ordinal, .count = 3, .tasks = &tasks, .step = ordinal * 10};
}

TEST(TapeReplay, AnswersByLabelWhereAnEntryMatchesAndByDefaultElsewhere) {
  const Numbered tasks;
  TapeReplay replay({{{.task = "t0", .ordinal = 1, .chosen = "t2"}}});
  replay.begin(0);
  EXPECT_EQ(replay.choose(choice(tasks, 0)), 0U);
  EXPECT_EQ(replay.choose(choice(tasks, 1)), 2U);
  EXPECT_EQ(replay.choose(choice(tasks, 2)), 0U);
  EXPECT_FALSE(replay.mismatch());
}

TEST(TapeReplay, RemembersAnAnswerThatIsNotToBeHad) {
  const Numbered tasks;
  TapeReplay replay({{{.task = "t0", .ordinal = 1, .chosen = "t9"}}});
  replay.begin(0);
  EXPECT_EQ(replay.choose(choice(tasks, 1)), 0U);
  ASSERT_TRUE(replay.mismatch());
  EXPECT_EQ(replay.mismatch()->step, 10U);
}

TEST(TapeReplay, RemembersAnEntryThatWasNeverReached) {
  const Numbered tasks;
  TapeReplay replay({{{.task = "t1", .ordinal = 0, .chosen = "t0"}}});
  replay.begin(0);
  replay.choose(choice(tasks, 4));
  ASSERT_TRUE(replay.mismatch());
  EXPECT_EQ(replay.mismatch()->step, 40U);
}

TEST(TapeReplay, KeepsKindsApartAndRefusesNumbersOutOfRange) {
  const Numbered tasks;
  TapeReplay replay({{{.task = "t0", .kind = ChoiceKind::data, .ordinal = 0, .answer = 2},
                      {.task = "t0", .kind = ChoiceKind::data, .ordinal = 1, .answer = 3}}});
  replay.begin(0);
  EXPECT_EQ(replay.choose(choice(tasks, 0)), 0U);
  EXPECT_EQ(replay.choose(choice(tasks, 0, ChoiceKind::data)), 2U);
  EXPECT_FALSE(replay.mismatch() && replay.mismatch()->words.find("not to be had") != std::string::npos);
  EXPECT_EQ(replay.choose(choice(tasks, 1, ChoiceKind::data)), 0U);
  EXPECT_TRUE(replay.mismatch());
}

TEST(TapeReplay, SaysHowEachEntryWasAnswered) {
  const Numbered tasks;
  TapeReplay replay({{{.task = "t0", .ordinal = 1, .chosen = "t2"}}});
  replay.begin(0);
  replay.choose(choice(tasks, 0));
  replay.choose(choice(tasks, 1));
  ASSERT_EQ(replay.uses().size(), 1u);
  EXPECT_EQ(replay.uses()[0].step, 10u);
  EXPECT_EQ(replay.uses()[0].chosen, 2u);
  EXPECT_EQ(replay.uses()[0].instead, 0u);
}

TEST(TapeReplay, ExactEndsTheExecutionWhereAnAnswerIsNotToBeHad) {
  const Numbered tasks;
  TapeReplay replay({{{.task = "t0", .ordinal = 1, .chosen = "t9"}}}, TapeReplay::Fit::exact);
  replay.begin(0);
  EXPECT_EQ(replay.choose(choice(tasks, 0)), 0u);
  EXPECT_EQ(replay.choose(choice(tasks, 1)), abandon);
}

TEST(TapeReplay, ExactEndsTheExecutionWhenAnEntrysChoiceIsPast) {
  const Numbered tasks;
  TapeReplay replay({{{.task = "t0", .ordinal = 1, .chosen = "t2"}}}, TapeReplay::Fit::exact);
  replay.begin(0);
  EXPECT_EQ(replay.choose(choice(tasks, 2)), abandon);
  EXPECT_EQ(replay.mismatch()->step, 20u);
  EXPECT_EQ(replay.mismatch()->task, 0u);
}

TEST(TapeReplay, ExactTakesEntriesInTheirOrder) {
  const Numbered tasks;
  const Tape tape{
      {{.task = "t1", .ordinal = 0, .chosen = "t2"}, {.task = "t0", .ordinal = 1, .chosen = "t2"}}};
  TapeReplay exact(tape, TapeReplay::Fit::exact);
  exact.begin(0);
  EXPECT_EQ(exact.choose(choice(tasks, 1)), abandon);
  EXPECT_EQ(exact.mismatch()->entry, 0u);
  TapeReplay lenient(tape);
  lenient.begin(0);
  EXPECT_EQ(lenient.choose(choice(tasks, 1)), 2u);
}

// Of a timer choice answer 0 is nobody; answer a picks task a.
class Sleepers final : public Numbered {
 public:
  TaskIndex candidate(std::uint32_t answer) const override { return answer == 0 ? no_task : answer; }
};

TEST(TapeReplay, PassesOverAnswersThatPickNobody) {
  const Sleepers tasks;
  TapeReplay replay({{{.task = "t0", .kind = ChoiceKind::timer, .ordinal = 0, .chosen = "t2"}}});
  replay.begin(0);
  EXPECT_EQ(replay.choose(choice(tasks, 0, ChoiceKind::timer)), 2U);
  EXPECT_FALSE(replay.mismatch());
}

}  // namespace
}  // namespace heddle
