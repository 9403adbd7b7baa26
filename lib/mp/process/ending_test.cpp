#include <mp/process/ending.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <thread>
#include <utility>

#include <mp/os/posix_os.hpp>

namespace mp::detail {
namespace {

Result<ProcessEnd> sent_away(Instant) { return failure(ECHILD); }

TEST(Ending, IsKnownToAllOnceItWasTold) {
  PosixOs os;
  Ending ending;
  EXPECT_FALSE(ending.is_known(os));
  EXPECT_EQ(
      ending.await(os, never, [](Instant) -> Result<ProcessEnd> { return ProcessEnd{.status = 3}; })->status,
      3);
  EXPECT_TRUE(ending.is_known(os));
  EXPECT_EQ(ending.await(os, never, &sent_away)->status, 3);
}

TEST(Ending, StaysOpenAtADeadline) {
  PosixOs os;
  Ending ending;
  const auto late = [](Instant) -> Result<ProcessEnd> { return failure(ETIMEDOUT); };
  EXPECT_EQ(ending.await(os, immediately, late).error(), Errno{ETIMEDOUT});
  EXPECT_FALSE(ending.is_known(os));
}

TEST(Ending, ThatNobodyHereWasToldIsStatus255) {
  PosixOs os;
  Ending ending;
  EXPECT_EQ(ending.await(os, never, &sent_away)->status, 255);
}

// One waiter is told by the Os, but is slow to say so; a second one that the Os sends away must wait.
class SlowWaiter {
 public:
  SlowWaiter(Os& os, Ending& ending)
      : os_(os),
        thread_([this, &ending] { end_ = *ending.await(os_, never, [this](Instant) { return ask(); }); }) {
    while (os_.load(asking_) == 0) static_cast<void>(os_.word_wait(asking_, 0, never));
  }
  void answer(Result<ProcessEnd> answer) {
    answer_ = answer;
    set(may_answer_);
  }
  ProcessEnd end() {
    thread_.join();
    return end_;
  }

 private:
  Result<ProcessEnd> ask() {
    set(asking_);
    while (os_.load(may_answer_) == 0) static_cast<void>(os_.word_wait(may_answer_, 0, never));
    return answer_;
  }
  void set(Word& word) {
    os_.store(word, 1);
    os_.word_wake(word, 1);
  }

  Os& os_;
  Word asking_;
  Word may_answer_;
  Result<ProcessEnd> answer_ = failure(ECHILD);
  ProcessEnd end_;
  std::thread thread_;
};

// Before its owner sleeps on a word, somebody else does something. No word here is woken before it is set.
class InterludeOs final : public PosixOs {
 public:
  std::function<void()> interlude;
  Result<void> word_wait(Word& word, std::uint32_t expected, Instant deadline,
                         ProcessId owner = ProcessId::none) override {
    if (std::this_thread::get_id() == owner_ && interlude) std::exchange(interlude, {})();
    return PosixOs::word_wait(word, expected, deadline, owner);
  }
  int word_wake(Word& word, int count) override {
    EXPECT_EQ(load(word), 1U);
    return PosixOs::word_wake(word, count);
  }

 private:
  const std::thread::id owner_ = std::this_thread::get_id();
};

TEST(Ending, ReachesTheOneThatTheOsSentAwayWhateverItsDeadline) {
  for (const Instant deadline : {immediately, never}) {
    InterludeOs os;
    Ending ending;
    SlowWaiter slow(os, ending);
    const auto answer = [&] {
      slow.answer(ProcessEnd{.signal = 9});
      EXPECT_EQ(slow.end().signal, 9);
    };
    os.interlude = answer;  // it is woken before it sleeps
    const Result<ProcessEnd> second = ending.await(os, deadline, &sent_away);
    if (os.interlude) answer();  // it did not wait
    ASSERT_TRUE(second.has_value());
    EXPECT_EQ(second->signal, 9);
  }
}

TEST(Ending, IsStatus255WhenAllWereSentAway) {
  PosixOs os;
  Ending ending;
  SlowWaiter slow(os, ending);
  ProcessEnd second;
  std::thread other([&] { second = *ending.await(os, never, &sent_away); });
  slow.answer(failure(ECHILD));
  other.join();
  EXPECT_EQ(second.status, 255);
  EXPECT_EQ(slow.end().status, 255);
}

}  // namespace
}  // namespace mp::detail
