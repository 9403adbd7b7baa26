// Event on the real Os, also from a signal handler.
#include <mp/sync/event.hpp>

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <functional>
#include <utility>
#include <vector>

#include <mp/errors.hpp>
#include <mp/os/posix_os.hpp>
#include <mp/process/process.hpp>
#include <mp/process/thread.hpp>
#include <mp/sync/semaphore.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;

TEST(Event, IsClearUntilSetAndAfterClear) {
  Event event;
  EXPECT_FALSE(event.is_set());
  event.set();
  event.set();
  EXPECT_TRUE(event.is_set());
  event.clear();
  event.clear();
  EXPECT_FALSE(event.is_set());
}

TEST(Event, IsWaitedForNoLongerThanAsked) {
  Event event;
  EXPECT_FALSE(event.wait(0s));
  EXPECT_FALSE(event.wait(-1s));
  const Instant before = os().now();
  EXPECT_FALSE(event.wait(0.02s));
  EXPECT_GE(os().now() - before, 20ms);
}

TEST(Event, IsNotWaitedForOnceSet) {
  Event event;
  event.set();
  EXPECT_TRUE(event.wait());
  EXPECT_TRUE(event.wait(0s));
}

void wait_and_tell(Event& event, Semaphore& here, Semaphore& went_on) {
  here.release();
  if (event.wait()) went_on.release();
}

TEST(Event, ReleasesAllWhoWait) {
  Event event;
  Semaphore here(0);
  Semaphore went_on(0);
  std::vector<Process> waiters;
  for (int i = 0; i < 5; ++i) waiters.emplace_back(fn<&wait_and_tell>, args(event, here, went_on));
  for (Process& waiter : waiters) waiter.start();
  for (int i = 0; i < 5; ++i) here.acquire();
  event.set();
  for (Process& waiter : waiters) waiter.join();
  EXPECT_EQ(went_on.get_value(), 5);
}

TEST(Event, IsNotHungByAWaiterThatWasKilled) {
  Event event;
  Semaphore here(0);
  Semaphore went_on(0);
  Process victim(fn<&wait_and_tell>, args(event, here, went_on));
  victim.start();
  here.acquire();
  victim.kill();
  victim.join();
  event.set();
  event.clear();
  EXPECT_FALSE(event.is_set());
}

TEST(Event, DoesNotCrossInAMessage) {
  const Event event;
  EXPECT_THROW(encode_message(event), RuntimeError);
}

Event* set_by_handler = nullptr;

void interrupt_until_told(Semaphore& enough) {
  while (!enough.acquire(true, 0.0005s)) ::kill(::getppid(), SIGUSR1);
}

// Each round's wait, set and clear are interrupted where chance has it, and the handler sets. The waits end
// now and then because ThreadSanitizer runs handlers only between calls that it knows.
TEST(Event, MayBeSetByAHandlerThatInterruptsAnyOfItsOperations) {
  Event event;
  set_by_handler = &event;
  struct sigaction action = {};
  action.sa_handler = [](int) { set_by_handler->set(); };
  ASSERT_EQ(::sigaction(SIGUSR1, &action, nullptr), 0);
  Semaphore enough(0);
  Process other(fn<&interrupt_until_told>, args(enough));
  other.start();
  for (int i = 0; i < 100; ++i) {
    while (!event.wait(0.01s)) continue;
    event.clear();
  }
  enough.release();
  other.join();
  EXPECT_EQ(other.exitcode(), 0);
  ::signal(SIGUSR1, SIG_IGN);
}

/// Has something done before the next wake-up.
class WakingOs : public PosixOs {
 public:
  int word_wake(Word& word, int count) override {
    if (const std::function<void()> now = std::exchange(before_wake, nullptr)) now();
    return PosixOs::word_wake(word, count);
  }
  std::function<void()> before_wake;
};

/// As if the task were killed in the middle of its set(), before it woke anybody.
void die_setting(WakingOs& os, Event& event) {
  struct Killed {};
  os.before_wake = [] { throw Killed(); };
  EXPECT_THROW(event.set(), Killed);
}

TEST(Event, IsSetHoweverManyDieSettingIt) {
  WakingOs waking;
  const OsScope scope(&waking);
  Event event;
  die_setting(waking, event);
  waking.before_wake = [&] {
    event.clear();
    die_setting(waking, event);
  };
  EXPECT_TRUE(event.is_set());
}

}  // namespace
}  // namespace mp
