// What each fault does to an Os call, in all executions of programs of a few calls.
#include <gtest/gtest.h>

#include <cerrno>
#include <heddle/core/faults.hpp>
#include <heddle/trial/trial.hpp>
#include <set>
#include <string>

namespace heddle {
namespace {

using namespace trial;
using Outcomes = std::set<std::string>;

Options options_with(FaultSet faults, std::uint32_t faults_max) {
  return {.strategy = "exhaustive",
          .budget = {.executions = 20'000},
          .run = {.granularity = Granularity::op, .faults = faults, .faults_max = faults_max}};
}

/// What comes out of all executions with at most so many faults.
Outcomes outcomes(void (*body)(), FaultSet faults, std::uint32_t faults_max = 1) {
  const Result result = explore(body, options_with(faults, faults_max));
  EXPECT_EQ(rules_of(result), Names{});
  EXPECT_TRUE(result.coverage.exhausted);
  return result.outcomes;
}

template <class T>
void tell(const mp::Result<T>& result) {
  outcome(result ? 0 : result.error().value);
}

std::string number(int error) { return std::to_string(error); }

void write_ten(mp::Descriptor out) {
  const mp::Bytes ten(10);
  EXPECT_EQ(mp::os().write(out, ten).value(), 10U);
}

void read_ten() {
  const auto [in, out] = mp::os().pipe().value();
  write_ten(out);
  mp::Bytes room(100);
  outcome(static_cast<std::int64_t>(mp::os().read(in, room).value()));
}

TEST(Faults, MakeReadsMoveOneByteOrHalf) {
  EXPECT_EQ(outcomes(&read_ten, {ChoiceKind::short_io}), (Outcomes{"10", "1", "5"}));
}

TEST(Faults, LeaveWritesWholeThatThePagePromises) {
  EXPECT_EQ(outcomes(
                [] {
                  const auto [in, out] = mp::os().pipe().value();
                  outcome(static_cast<std::int64_t>(mp::os().write(out, mp::Bytes(4'096)).value()));
                },
                {ChoiceKind::short_io}),
            Outcomes{"4096"});
  EXPECT_EQ(outcomes(
                [] {
                  const auto [in, out] = mp::os().pipe().value();
                  outcome(static_cast<std::int64_t>(mp::os().write(out, mp::Bytes(5'000)).value()));
                },
                {ChoiceKind::short_io}),
            (Outcomes{"5000", "1", "2500"}));
}

void poll_for_nothing() {
  const auto [in, out] = mp::os().pipe().value();
  mp::PollItem item{.fd = in};
  tell(mp::os().poll(std::span(&item, 1), mp::immediately));
}

TEST(Faults, InterruptWhatWouldSleep) {
  EXPECT_EQ(outcomes(&poll_for_nothing, {ChoiceKind::eintr}), (Outcomes{number(ETIMEDOUT), number(EINTR)}));
  EXPECT_EQ(outcomes(&read_ten, {ChoiceKind::eintr}), Outcomes{"10"});
}

TEST(Faults, EndTheWaitForAWordThatNobodyWakes) {
  EXPECT_EQ(outcomes(
                [] {
                  mp::Word word;
                  tell(mp::os().word_wait(word, 0, mp::os().now() + std::chrono::seconds(1)));
                },
                {ChoiceKind::spurious}),
            (Outcomes{number(ETIMEDOUT), "0"}));
}

int do_nothing(std::span<const std::byte>) { return 0; }

template <mp::StartMethod method>
void start_one() {
  tell(mp::os().start_process({.name = "child", .daemon = true, .method = method, .entry = &do_nothing}));
}

TEST(Faults, RefuseAProcess) {
  EXPECT_EQ(outcomes(&start_one<mp::StartMethod::fork>, {ChoiceKind::fork, ChoiceKind::fds}),
            (Outcomes{"0", number(EAGAIN)}));
  EXPECT_EQ(outcomes(&start_one<mp::StartMethod::spawn>, {ChoiceKind::fork, ChoiceKind::fds}),
            (Outcomes{"0", number(EAGAIN), number(EMFILE)}));
}

TEST(Faults, RefuseDescriptorsAndRoom) {
  EXPECT_EQ(outcomes([] { tell(mp::os().pipe()); }, {ChoiceKind::fds}), (Outcomes{"0", number(EMFILE)}));
  EXPECT_EQ(outcomes([] { tell(mp::os().create_segment("", 10)); }, {ChoiceKind::fds, ChoiceKind::enospc}),
            (Outcomes{"0", number(EMFILE), number(ENOSPC)}));
  EXPECT_EQ(outcomes([] { tell(mp::os().make_directory("/tmp/d")); }, {ChoiceKind::enospc}),
            (Outcomes{"0", number(ENOSPC)}));
}

// What was refused has not been made: the second attempt finds nothing of the first.
TEST(Faults, LeaveNothingBehind) {
  EXPECT_EQ(outcomes(
                [] {
                  if (!mp::os().create_segment("name", 10)) tell(mp::os().create_segment("name", 10));
                },
                {ChoiceKind::fds, ChoiceKind::enospc}),
            Outcomes{"0"});
}

void make_four() {
  int refused = 0;
  for (int i = 0; i < 4; ++i) refused += mp::os().pipe() ? 0 : 1;
  outcome(refused);
}

TEST(Faults, StrikeNoMoreOftenThanTheyMay) {
  EXPECT_EQ(outcomes(&make_four, {ChoiceKind::fds}, 0), Outcomes{"0"});
  EXPECT_EQ(outcomes(&make_four, {ChoiceKind::fds}, 1), (Outcomes{"0", "1"}));
  EXPECT_EQ(outcomes(&make_four, {ChoiceKind::fds}, 3), (Outcomes{"0", "1", "2", "3"}));
  EXPECT_EQ(outcomes(&make_four, {ChoiceKind::enospc}, 3), Outcomes{"0"});
}

// Each pipe is refused or is not: four executions of two pipes, and three when only one may be.
TEST(Faults, AreChoicesThatExhaustiveSearchCounts) {
  const auto make_two = [] {
    static_cast<void>(mp::os().pipe());
    static_cast<void>(mp::os().pipe());
  };
  EXPECT_EQ(explore(make_two, options_with({ChoiceKind::fds}, 2)).coverage.executions, 4U);
  EXPECT_EQ(explore(make_two, options_with({ChoiceKind::fds}, 1)).coverage.executions, 3U);
  EXPECT_EQ(explore(make_two, options_with({ChoiceKind::fds}, 0)).coverage.executions, 1U);
}

void assert_twice() {
  mp::os().now();
  check(mp::os().pipe().has_value(), "no pipe");
}

TEST(Faults, AreInTheTapeOfWhatTheyCaused) {
  const Result result = explore(&assert_twice, options_with({ChoiceKind::fds, ChoiceKind::kill}, 2));
  const auto* failed = std::get_if<Failed>(&result.verdict);
  ASSERT_NE(failed, nullptr);
  EXPECT_EQ(failed->failures.at(0).tape,
            (Tape{{{.task = "main", .kind = ChoiceKind::fds, .ordinal = 0, .answer = 1}}}));
  const Failure& failure = failed->failures.at(0);
  const Result again = replay(
      &assert_twice, {.scenario = "program", .run = failure.run, .default_digest = 0, .tape = failure.tape});
  EXPECT_EQ(rules_of(again), Names{"assertion"});
}

}  // namespace
}  // namespace heddle
