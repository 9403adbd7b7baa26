// Programs whose updates are ordered by what somebody has noticed: that a process has ended, that a message,
// a caller or a result is there.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/trial/trial.hpp>
#include <vector>

namespace heddle {
namespace {

using namespace std::chrono_literals;
using namespace trial;
using Value = mp::Value<int>;

void add_one(Value& count) { count.value() += 1; }

TEST(LostUpdate, IsNoneOnceAProcessCouldBeClosed) {
  expect_silence([] {
    Value count(0, {.name = "count"});
    auto child = start<&add_one>("child", count);
    for (bool is_closed = false; !is_closed;) {
      try {
        child.close();
        is_closed = true;
      } catch (const mp::ValueError&) {
        mp::sleep(1ms);
      }
    }
    add_one(count);
  });
}

void add_one_in_grandchild(Value& count) { start<&add_one>("grandchild", count); }  // not joined here

TEST(LostUpdate, IsNoneOnceAParentHasWaitedForItsChildren) {
  expect_silence([] {
    Value count(0, {.name = "count"});
    start<&add_one_in_grandchild>("child", count).join();
    add_one(count);
    check(count.value() == 2, "both were counted");
  });
}

TEST(LostUpdate, IsNoneWhenAValueIsSetAnewAfterTheJoin) {
  expect_silence([] {
    Value count(7, {.name = "count"});
    outcome(count.value());
    start<&add_one>("child", count).join();
    count.value() = 0;
  });
}

TEST(LostUpdate, IsNoneOnceNoChildIsActiveAnyMore) {
  expect_silence([] {
    Value count(0, {.name = "count"});
    auto child = start<&add_one>("child", count);
    while (!mp::active_children().empty()) mp::sleep(1ms);
    add_one(count);
  });
}

TEST(LostUpdate, IsNoneOnceTheSentinelOfAChildIsReady) {
  expect_silence([] {
    Value count(0, {.name = "count"});
    auto child = start<&add_one>("child", count);
    mp::wait({mp::Waitable(child.sentinel())});
    add_one(count);
    child.join();
  });
}

void add_one_and_send(Value& count, mp::Connection& end) {
  add_one(count);
  end.send(1);
}

// Each element is updated by the task that is asked for it and then by main, which has its result.
TEST(LostUpdate, IsNoneOnceAResultOfAnIterationIsThere) {
  expect_silence([] {
    mp::Array<int> counts(3, {.name = "counts"});
    mp::ThreadPool pool(2, {.name = "pool"});
    const auto count = [&](int place) {
      counts[place] += 1;
      return place;
    };
    for (const int place : pool.imap(count, std::vector<int>{0, 1, 2})) counts[place] += 1;
    pool.close();
    pool.join();
  });
}

// What a result does not tell: how far those behind it are.
TEST(LostUpdate, IsThereBeforeTheResultOfAnIteration) {
  const auto program = [] {
    mp::Value<int> sum(0, {.name = "sum"});
    mp::ThreadPool pool(1, {.name = "pool"});
    const auto add = [&](int amount) { return sum.value() += amount, amount; };
    for (const int amount : pool.imap(add, std::vector<int>{1, 2})) sum.value() += amount;
    pool.close();
    pool.join();
  };
  EXPECT_EQ(rules_of(explore(program, options_of(300))), Names{"unlocked-shared-value"});
}

TEST(LostUpdate, IsNoneOnceAMessageIsThereToBeReceived) {
  expect_silence([] {
    Value count(0, {.name = "count"});
    auto pipe = mp::Pipe(mp::Duplex::no, {.name = "pipe"});
    auto child = start<&add_one_and_send>("child", count, pipe.second);
    while (!pipe.first.poll(1s)) continue;
    add_one(count);
    pipe.first.recv<int>();
    child.join();
  });
  expect_silence([] {
    Value count(0, {.name = "count"});
    auto pipe = mp::Pipe(mp::Duplex::no, {.name = "pipe"});
    auto child = start<&add_one_and_send>("child", count, pipe.second);
    mp::wait({mp::Waitable(pipe.first)});
    add_one(count);
    pipe.first.recv<int>();
    child.join();
  });
}

TEST(LostUpdate, IsNoneOnceTheEndOfAPipeIsSeen) {
  expect_silence([] {
    Value count(0, {.name = "count"});
    auto pipe = mp::Pipe(mp::Duplex::no, {.name = "pipe"});
    auto child = start<[](Value& shared, mp::Connection& end) {
      add_one(shared);
      end.close();
    }>("child", count, pipe.second);
    pipe.second.close();
    while (!pipe.first.poll(1s)) continue;
    add_one(count);
    child.join();
  });
}

void add_one_and_call(Value& count, mp::Listener& door) {
  add_one(count);
  mp::Client(door.address()).recv<int>();
}

TEST(LostUpdate, IsNoneOnceACallerIsAccepted) {
  expect_silence([] {
    Value count(0, {.name = "count"});
    mp::Listener door({}, {.name = "door"});
    auto caller = start<&add_one_and_call>("caller", count, door);
    auto connection = door.accept();
    add_one(count);
    connection.send(1);
    caller.join();
  });
}

// That a poll found nothing says nothing, nor does what another has sent.
TEST(LostUpdate, IsThereIfAPollCameTooEarlyOrSawAnother) {
  const Names rule{"unlocked-shared-value"};
  EXPECT_EQ(rules_of(explore(
                [] {
                  Value count(0, {.name = "count"});
                  auto pipe = mp::Pipe(mp::Duplex::no, {.name = "pipe"});
                  auto child = start<&add_one_and_send>("child", count, pipe.second);
                  outcome(pipe.first.poll(0s));
                  add_one(count);
                  pipe.first.recv<int>();
                  child.join();
                },
                options_of(300))),
            rule);
  EXPECT_EQ(rules_of(explore(
                [] {
                  Value count(0, {.name = "count"});
                  auto pipe = mp::Pipe(mp::Duplex::no, {.name = "pipe"});
                  pipe.second.send(0);
                  auto child = start<&add_one_and_send>("child", count, pipe.second);
                  check(pipe.first.poll(), "a message is there");
                  add_one(count);
                  pipe.first.recv<int>();
                  pipe.first.recv<int>();
                  child.join();
                },
                options_of(300))),
            rule);
}

}  // namespace
}  // namespace heddle
