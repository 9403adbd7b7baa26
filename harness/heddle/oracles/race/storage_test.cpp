// Programs that touch shared memory without order, and their twins that do it in some order.
#include <gtest/gtest.h>

#include <heddle/trial/trial.hpp>
#include <string>
#include <vector>

namespace heddle {
namespace {

using namespace trial;
using RawValue = mp::RawValue<int>;
using RawArray = mp::RawArray<int>;

constexpr auto rule = "shared-memory-race";

template <auto target, class... A>
void two_processes(A&... arguments) {
  auto first = start<target>("first", arguments...);
  auto second = start<target>("second", arguments...);
  first.join();
  second.join();
}

// Whether damage was seen, by the rule that is the only one found.
Harm harm_of(void (*program)()) {
  const Result result = explore(program, options_of(300));
  EXPECT_EQ(rules_of(result), Names{rule});
  const auto* const failed = std::get_if<Failed>(&result.verdict);
  return failed == nullptr ? Harm::seen : failed->failures.front().finding.harm;
}

void add_one(RawValue& count) { count.value() += 1; }

TEST(StorageRace, IsSeenWhenTwoAddToARawValue) {
  expect_finding(
      [] {
        RawValue count(0, {.name = "count"});
        two_processes<&add_one>(count);
      },
      rule, "count", {"first", "second"});
}

TEST(StorageRace, IsNoneUnderALock) {
  expect_silence([] {
    RawValue count(0, {.name = "count"});
    mp::Lock lock({.name = "lock"});
    two_processes<[](RawValue& shared, mp::Lock& held_for) {
      const mp::With held(held_for);
      add_one(shared);
    }>(count, lock);
    check(count.value() == 2, "both were counted");
  });
}

TEST(StorageRace, IsPredictedWhenTwoStoreBlindly) {
  EXPECT_EQ(harm_of([] {
              RawValue count(0, {.name = "count"});
              two_processes<[](RawValue& shared) { shared.value() = 1; }>(count);
            }),
            Harm::predicted);
}

TEST(StorageRace, IsPredictedBetweenAStoreAndALoad) {
  EXPECT_EQ(harm_of([] {
              RawValue ready(0, {.name = "ready"});
              auto child = start<[](RawValue& shared) { shared.value() = 1; }>("child", ready);
              outcome(int{ready.value()});
              child.join();
            }),
            Harm::predicted);
}

TEST(StorageRace, IsNoneBetweenLoads) {
  expect_silence([] {
    RawValue number(7);
    two_processes<[](RawValue& shared) { check(shared.value() == 7, "it was stored before"); }>(number);
  });
}

TEST(StorageRace, IsNoneWhenTheEndOfTheWriterIsWaitedFor) {
  expect_silence([] {
    RawValue count(0);
    start<&add_one>("first", count).join();
    start<&add_one>("second", count).join();
    check(count.value() == 2, "both were counted");
  });
}

TEST(StorageRace, IsOnOneElementOfARawArray) {
  expect_finding(
      [] {
        RawArray numbers(3, {.name = "numbers"});
        auto first = start<[](RawArray& shared) { shared[2] += 1; }>("first", numbers);
        auto second = start<[](RawArray& shared) { shared[-1] += 1; }>("second", numbers);
        first.join();
        second.join();
      },
      rule, "numbers", {"first", "second"});
}

TEST(StorageRace, IsNoneOnDifferentElements) {
  expect_silence([] {
    RawArray numbers(2);
    auto first = start<[](RawArray& shared) { shared[0] += 1; }>("first", numbers);
    auto second = start<[](RawArray& shared) { shared[1] += 1; }>("second", numbers);
    first.join();
    second.join();
    check(numbers.slice() == std::vector<int>{1, 1}, "each has its own");
  });
}

TEST(StorageRace, IsSeenWhenOneOfTwoGoesPastTheLockOfAValue) {
  expect_finding(
      [] {
        mp::Value<int> count(0, {.name = "count"});
        auto first = start<[](mp::Value<int>& shared) { shared.get_obj().value() += 1; }>("first", count);
        auto second = start<[](mp::Value<int>& shared) { shared.value() = 5; }>("second", count);
        first.join();
        second.join();
      },
      rule, "count", {"first", "second"});
}

TEST(StorageRace, IsNoneWhenOneHoldsTheLockThatTheOtherTakesInside) {
  expect_silence([] {
    mp::Value<int> count(0);
    auto first = start<[](mp::Value<int>& shared) {
      const mp::With held(shared.get_lock());
      shared.get_obj().value() += 1;
    }>("first", count);
    auto second = start<[](mp::Value<int>& shared) { shared.value() = 5; }>("second", count);
    first.join();
    second.join();
  });
}

TEST(StorageRace, IsPredictedWhenTheLockWasReleasedBefore) {
  EXPECT_EQ(harm_of([] {
              mp::Value<int> count(0, {.name = "count"});
              auto child = start<[](mp::Value<int>& shared) { shared.value() = 5; }>("child", count);
              count.acquire();
              count.release();
              count.get_obj().value() = 1;
              child.join();
            }),
            Harm::predicted);
}

TEST(StorageRace, IsNonePastTheLockOfAValueThatIsHeld) {
  expect_silence([] {
    mp::Value<int> count(0);
    two_processes<[](mp::Value<int>& shared) {
      const mp::With held(shared);
      shared.get_obj().value() += 1;
      shared.value() += 1;
    }>(count);
    check(count.value() == 4, "all were counted");
  });
}

// --- shared memory -----------------------------------------------------------------------------------------

void add_by_name(const std::string& name) {
  mp::SharedMemory memory = mp::SharedMemory::attach(name);
  memory.buf()[1] += 1;
}

TEST(StorageRace, IsSeenBetweenProcessesThatAttachByName) {
  expect_finding(
      [] {
        mp::SharedMemory memory = mp::SharedMemory::create(8, "bytes");
        const std::string name = memory.name();
        auto first = start<&add_by_name>("first", name);
        auto second = start<&add_by_name>("second", name);
        first.join();
        second.join();
        memory.unlink();
      },
      rule, "bytes", {"first", "second"});
}

TEST(StorageRace, IsBetweenAccessesThatOverlap) {
  EXPECT_EQ(harm_of([] {
              mp::SharedMemory memory = mp::SharedMemory::create(8, "bytes");
              auto child = start<[](mp::SharedMemory& shared) { shared.buf().store<std::int64_t>(0, 1); }>(
                  "child", memory);
              memory.buf()[7] = 1;
              child.join();
              memory.unlink();
            }),
            Harm::predicted);
}

TEST(StorageRace, IsNoneBetweenNeighbours) {
  expect_silence([] {
    mp::SharedMemory memory = mp::SharedMemory::create(8);
    auto child =
        start<[](mp::SharedMemory& shared) { shared.buf().store<std::int32_t>(0, 1); }>("child", memory);
    memory.buf().store<std::int32_t>(4, 1);
    child.join();
    memory.unlink();
  });
}

TEST(StorageRace, IsNoneWhenAMessageSaysThatTheBytesAreThere) {
  expect_silence([] {
    mp::SharedMemory memory = mp::SharedMemory::create(8);
    auto pipe = mp::Pipe();
    auto child = start<[](mp::SharedMemory& shared, mp::Connection& ready) {
      shared.buf().write(0, mp::Bytes(8, std::byte{1}));
      ready.send(true);
    }>("child", memory, pipe.second);
    check(pipe.first.recv<bool>(), "the message came");
    check(memory.buf()[3] == 1, "the bytes are there");
    child.join();
    memory.unlink();
  });
}

TEST(StorageRace, IsOnTheItemOfAShareableList) {
  EXPECT_EQ(harm_of([] {
              mp::ShareableList list({1, 2}, "list");
              auto child = start<[](mp::ShareableList& shared) { shared.set(0, 5); }>("child", list);
              list.set(0, 6);
              child.join();
              list.shm().unlink();
            }),
            Harm::seen);
}

// That its memory stays behind is another matter.
TEST(StorageRace, IsNotHarmedByALeak) {
  const Result result = explore(
      [] {
        mp::SharedMemory memory = mp::SharedMemory::create(8, "bytes");
        auto child = start<[](mp::SharedMemory& shared) { shared.buf()[0] = 1; }>("child", memory);
        memory.buf()[0] = 2;
        child.join();
      },
      options_of(300));
  EXPECT_EQ(rules_of(result), (Names{rule, "resource-leak"}));
  EXPECT_EQ(std::get<Failed>(result.verdict).failures.at(0).finding.harm, Harm::predicted);
}

}  // namespace
}  // namespace heddle
