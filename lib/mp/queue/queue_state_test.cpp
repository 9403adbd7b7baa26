// What is mended after the dead: who waits is told, and while nobody else looks.
#include <mp/queue/queue_state.hpp>

#include <gtest/gtest.h>

#include <functional>
#include <optional>

#include <mp/os/posix_os.hpp>

namespace mp {
namespace {

class WakingOs : public PosixOs {
 public:
  int word_wake(Word& word, int count) override {
    if (before_wake) before_wake();
    return PosixOs::word_wake(word, count);
  }
  std::function<void()> before_wake;
};

class QueueOfTheDead : public testing::Test {
 protected:
  QueueOfTheDead() { state_.slots.initialise(os_, 0); }
  /// Somebody waits for the joining of tasks.
  void enter() { ticket_ = state_.joiners.enter(os_); }
  bool is_notified() { return state_.joiners.leave(os_, ticket_.value()); }

  WakingOs os_;
  QueueState state_;
  std::optional<std::uint32_t> ticket_;
};

TEST_F(QueueOfTheDead, HasAllItsSlots) {
  release_waiters(os_, state_, 3);
  EXPECT_EQ(state_.slots.value(os_), 3U);
  release_waiters(os_, state_, 3);
  EXPECT_EQ(state_.slots.value(os_), 3U);
}

TEST_F(QueueOfTheDead, TellsItsJoinersWhileNobodyElseLooks) {
  enter();
  bool is_locked = false;
  os_.before_wake = [&] { is_locked = state_.joining.holder(os_) == os_.process_id(); };
  release_waiters(os_, state_, 3);
  EXPECT_TRUE(is_locked);
  EXPECT_TRUE(is_notified());
  EXPECT_EQ(state_.joining.holder(os_), ProcessId::none);
}

TEST_F(QueueOfTheDead, TellsJoinersWhatItsLastTaskDoneDidNot) {
  enter();
  acquire_joining(os_, state_);
  state_.joining.abandon(os_);
  acquire_joining(os_, state_);
  EXPECT_TRUE(is_notified());
  state_.joining.release(os_);
}

TEST_F(QueueOfTheDead, LeavesJoinersWaitingWhereTasksAreLeft) {
  enter();
  os_.store(state_.unfinished, 1);
  acquire_joining(os_, state_);
  state_.joining.abandon(os_);
  acquire_joining(os_, state_);
  EXPECT_FALSE(is_notified());
  state_.joining.release(os_);
}

}  // namespace
}  // namespace mp
