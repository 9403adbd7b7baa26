// Programs that receive on one end of a pipe without order, and programs that share an end in an order of
// their own making: by messages, locks, ends and starts of tasks, by the end of file.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/trial/trial.hpp>
#include <string>

namespace heddle {
namespace {

using namespace std::chrono_literals;
using namespace trial;
using mp::Connection;

// The race is on this end and between these two, and its damage was seen.
void expect_race(void (*program)(), const std::string& end, const Names& readers) {
  expect_finding(program, "pipe-multi-reader", end, readers);
}

auto one_way() { return mp::Pipe(mp::Duplex::no, {.name = "numbers"}); }

void send(Connection& end, int count) {
  for (int i = 0; i < count; ++i) end.send(i);
}

void receive(Connection& end) { static_cast<void>(end.recv<int>()); }

// --- races ----------------------------------------------------------------------------------------------

TEST(Race, IsBetweenTwoThreadsOfOneProcess) {
  expect_race(
      [] {
        auto pipe = one_way();
        const auto first = start_thread("first", [&] { receive(pipe.first); });
        const auto second = start_thread("second", [&] { receive(pipe.first); });
        send(pipe.second, 2);
        first.join();
        second.join();
      },
      "numbers.receiver", {"main/first", "main/second"});
}

TEST(Race, IsBetweenMainAndItsChildOnADuplexEnd) {
  expect_race(
      [] {
        auto pipe = mp::Pipe(mp::Duplex::yes, {.name = "talk"});
        send(pipe.second, 2);
        auto child = start<&receive>("child", pipe.first);
        receive(pipe.first);
        child.join();
      },
      "talk.a", {"main", "child"});
}

void receive_in_own_lock(Connection& end) {
  mp::Lock lock;  // one for each process: guards nothing
  const mp::With held(lock);
  receive(end);
}

TEST(Race, IsNotPreventedByALockThatIsNotShared) {
  expect_race(
      [] {
        auto pipe = one_way();
        auto first = start<&receive_in_own_lock>("first", pipe.first);
        auto second = start<&receive_in_own_lock>("second", pipe.first);
        send(pipe.second, 2);
        first.join();
        second.join();
      },
      "numbers.receiver", {"first", "second"});
}

void receive_in_lock(Connection& end, mp::Lock& lock) {
  const mp::With held(lock);
  receive(end);
}

TEST(Race, IsNotPreventedByALockThatOnlyOneTakes) {
  expect_race(
      [] {
        auto pipe = one_way();
        mp::Lock lock({.name = "lock"});
        auto careful = start<&receive_in_lock>("careful", pipe.first, lock);
        auto careless = start<&receive>("careless", pipe.first);
        send(pipe.second, 2);
        careful.join();
        careless.join();
      },
      "numbers.receiver", {"careful", "careless"});
}

void receive_with_or_without_lock(Connection& end, mp::Lock& lock) {
  const bool held = lock.acquire(false);  // the plant: goes on either way
  receive(end);
  if (held) lock.release();
}

TEST(Race, IsNotPreventedByALockThatWasNotObtained) {
  expect_race(
      [] {
        auto pipe = one_way();
        mp::Lock lock({.name = "lock"});
        auto first = start<&receive_with_or_without_lock>("first", pipe.first, lock);
        auto second = start<&receive_with_or_without_lock>("second", pipe.first, lock);
        send(pipe.second, 2);
        first.join();
        second.join();
      },
      "numbers.receiver", {"first", "second"});
}

void receive_anything(Connection& end) {
  try {
    static_cast<void>(end.recv_bytes());
  } catch (const mp::Error&) {  // the plant swallows what tells of it
  }
}

TEST(Race, IsFoundThoughTheReadersSwallowEveryError) {
  expect_race(
      [] {
        auto pipe = one_way();
        auto first = start<&receive_anything>("first", pipe.first);
        auto second = start<&receive_anything>("second", pipe.first);
        send(pipe.second, 2);
        pipe.second.close();
        first.join();
        second.join();
      },
      "numbers.receiver", {"first", "second"});
}

// --- orders that programs make ----------------------------------------------------------------------------

void receive_then_tell(Connection& end, Connection& told) {
  receive(end);
  told.send(0);
}

void receive_when_told(Connection& end, Connection& told) {
  receive(told);
  receive(end);
}

TEST(Race, IsNoneWhenAMessageHandsTheEndOver) {
  expect_silence([] {
    auto pipe = one_way();
    auto turn = mp::Pipe(mp::Duplex::no, {.name = "turn"});
    send(pipe.second, 2);
    auto second = start<&receive_when_told>("second", pipe.first, turn.first);
    auto first = start<&receive_then_tell>("first", pipe.first, turn.second);
    first.join();
    second.join();
  });
}

void receive_by_token(Connection& end, mp::Queue<int>& token) {
  for (int i = 0; i < 2; ++i) {
    const int turn = token.get();
    receive(end);
    token.put(turn + 1);
  }
}

TEST(Race, IsNoneWhenATokenInAQueueGoesRoundThreeReaders) {
  expect_silence([] {
    auto pipe = one_way();
    mp::Queue<int> token(0, {.name = "token"});
    auto first = start<&receive_by_token>("first", pipe.first, token);
    auto second = start<&receive_by_token>("second", pipe.first, token);
    auto third = start<&receive_by_token>("third", pipe.first, token);
    token.put(0);
    send(pipe.second, 6);
    first.join();
    second.join();
    third.join();
    check(token.get() == 6, "six messages were received");
  });
}

TEST(Race, IsNoneWhenOneReaderIsJoinedBeforeTheNextStarts) {
  expect_silence([] {
    auto pipe = one_way();
    send(pipe.second, 3);
    receive(pipe.first);
    start<&receive>("first", pipe.first).join();
    auto second = start<&receive>("second", pipe.first);
    second.join();
  });
}

void receive_once_signalled(Connection& end, mp::Semaphore& turn) {
  turn.acquire();
  receive(end);
}

TEST(Race, IsNoneWhenASemaphoreHandsTheEndOver) {
  expect_silence([] {
    auto pipe = one_way();
    mp::Semaphore turn(0, {.name = "turn"});
    send(pipe.second, 2);
    auto child = start<&receive_once_signalled>("child", pipe.first, turn);
    receive(pipe.first);
    turn.release();
    child.join();
  });
}

void receive_once_free(Connection& end, mp::Lock& busy) {
  busy.acquire();
  receive(end);
}

TEST(Race, IsNoneWhenALockIsReleasedByAnotherThanItsHolder) {
  const auto program = [] {
    auto pipe = one_way();
    mp::Lock busy({.name = "busy"});
    busy.acquire();
    send(pipe.second, 2);
    auto later = start<&receive_once_free>("later", pipe.first, busy);
    const auto thread = start_thread("thread", [&] {
      receive(pipe.first);
      busy.release();
    });
    thread.join();
    later.join();
  };
  EXPECT_EQ(rules_of(explore(program, options_of(500))), Names{"lock-foreign-release"});
}

void receive_then_notify(Connection& end, mp::Condition& changed, mp::Value<int>& turn) {
  receive(end);
  const mp::With held(changed);
  turn.value() = 1;
  changed.notify_all();
}

void receive_once_notified(Connection& end, mp::Condition& changed, mp::Value<int>& turn) {
  {
    const mp::With held(changed);
    changed.wait_for([&] { return turn.value() == 1; });
  }
  receive(end);
}

TEST(Race, IsNoneWhenAConditionHandsTheEndOver) {
  expect_silence([] {
    auto pipe = one_way();
    mp::Condition changed({.name = "changed"});
    mp::Value<int> turn(0, {.name = "turn"});
    send(pipe.second, 2);
    auto second = start<&receive_once_notified>("second", pipe.first, changed, turn);
    auto first = start<&receive_then_notify>("first", pipe.first, changed, turn);
    first.join();
    second.join();
  });
}

void receive_then_close(Connection& end, Connection& done) {
  receive(end);
  done.close();
}

TEST(Race, IsNoneWhenTheEndOfAnotherPipeHandsTheEndOver) {
  expect_silence([] {
    auto pipe = one_way();
    auto done = mp::Pipe(mp::Duplex::no, {.name = "done"});
    send(pipe.second, 2);
    auto first = start<&receive_then_close>("first", pipe.first, done.second);
    done.second.close();
    try {
      receive(done.first);
    } catch (const mp::EOFError&) {
      receive(pipe.first);
    }
    first.join();
  });
}

void receive_and_hang(Connection& end, mp::Semaphore& received) {
  receive(end);
  received.release();
  mp::sleep(100s);
}

TEST(Race, IsNoneWhenAKilledReaderIsReplaced) {
  expect_silence([] {
    auto pipe = one_way();
    mp::Semaphore received(0, {.name = "received"});
    send(pipe.second, 2);
    auto hanging = start<&receive_and_hang>("hanging", pipe.first, received);
    if (choose(2) == 0) received.acquire();
    hanging.kill();
    hanging.join();
    if (pipe.first.poll()) receive(pipe.first);
  });
}

void answer(Connection& end) { end.send(end.recv<int>() + 1); }

TEST(Race, IsNoneWhenEachSideReadsItsOwnEnd) {
  expect_silence([] {
    auto pipe = mp::Pipe(mp::Duplex::yes, {.name = "talk"});
    auto child = start<&answer>("child", pipe.second);
    pipe.first.send(1);
    check(pipe.first.recv<int>() == 2, "the answer arrives");
    child.join();
  });
}

TEST(Race, IsNoneOnceAProcessIsSeenToHaveEnded) {
  expect_silence([] {
    auto pipe = one_way();
    send(pipe.second, 2);
    auto child = start<&receive>("child", pipe.first);
    while (child.is_alive()) mp::sleep(1ms);
    receive(pipe.first);
  });
}

void receive_in_grandchild(Connection& end) { start<&receive>("grandchild", end); }  // not joined here

TEST(Race, IsNoneWithAGrandchildThatItsParentsEndWaitedFor) {
  expect_silence([] {
    auto pipe = one_way();
    send(pipe.second, 2);
    auto child = start<&receive_in_grandchild>("child", pipe.first);
    child.join();
    receive(pipe.first);
  });
}

}  // namespace
}  // namespace heddle
