// Processes and threads that end by an exception nobody looks at, assertions of programs wherever they are
// made; and failures that are part of the plan.
#include <gtest/gtest.h>

#include <heddle/trial/trial.hpp>
#include <stdexcept>
#include <string>

namespace heddle {
namespace {

using namespace trial;

Finding the_finding(void (*program)(), const std::string& rule) {
  const Result result = explore(program, options_of(200));
  EXPECT_EQ(rules_of(result), Names{rule});
  const auto* failed = std::get_if<Failed>(&result.verdict);
  return failed == nullptr ? Finding{} : failed->failures.at(0).finding;
}

// --- crash ------------------------------------------------------------------------------------------------

void raise() { throw std::out_of_range("too far"); }

TEST(Crash, OfAChildWhoseExitCodeNobodyReads) {
  const Finding finding = the_finding([] { start<&raise>("child").join(); }, "crash");
  EXPECT_EQ(finding.object, "child");
  EXPECT_EQ(finding.harm, Harm::seen);
  EXPECT_NE(finding.sentence.find("too far"), std::string::npos) << finding.sentence;
}

TEST(Crash, OfAChildWhoseExitCodeIsOnlyReadTooEarly) {
  const Result result = explore(
      [] {
        auto child = start<&raise>("child");
        outcome(child.exitcode().has_value() ? "ended" : "runs");
        child.join();
      },
      options_of(200));
  EXPECT_EQ(rules_of(result), Names{"crash"});
}

TEST(Crash, OfMainByWhatAPrimitiveThrows) {
  const Finding finding = the_finding(
      [] {
        mp::Queue<int> empty(0, {.name = "empty"});
        empty.get_nowait();
      },
      "crash");
  EXPECT_EQ(finding.object, "main");
  ASSERT_EQ(finding.parties.size(), 1U);
  EXPECT_EQ(finding.parties[0].who, "main");
  EXPECT_EQ(finding.parties[0].operation, "empty.get()");
}

void raise_in_grandchild() { start<&raise>("grandchild").join(); }

TEST(Crash, OfAGrandchild) {
  const Finding finding = the_finding(
      [] {
        auto child = start<&raise_in_grandchild>("child");
        child.join();
        check(child.exitcode() == 0, "the child itself ends well");
      },
      "crash");
  EXPECT_EQ(finding.object, "grandchild");
}

TEST(Crash, OfAThread) {
  const Finding finding = the_finding([] { start_thread("thread", [] { raise(); }).join(); }, "crash");
  EXPECT_NE(finding.sentence.find("too far"), std::string::npos) << finding.sentence;
}

TEST(Crash, OfAThreadWhoseProcessEndsWell) {
  const Finding finding = the_finding(
      [] {
        auto child = start<[] { start_thread("thread", [] { raise(); }).join(); }>("child");
        child.join();
        check(child.exitcode() == 0, "a thread does not take its process along");
      },
      "crash");
  EXPECT_EQ(finding.object, "child");
  EXPECT_TRUE(finding.sentence.starts_with("a thread of child")) << finding.sentence;
}

TEST(Crash, OfOneOfTwoChildrenWhoseOtherIsLookedAfter) {
  const Finding finding = the_finding(
      [] {
        auto expected = start<&raise>("expected");
        auto forgotten = start<&raise>("forgotten");
        expected.join();
        forgotten.join();
        check(expected.exitcode() == 1, "it fails");
      },
      "crash");
  EXPECT_EQ(finding.object, "forgotten");
}

TEST(Crash, IsNoneWhenTheExitCodeIsRead) {
  expect_silence([] {
    auto child = start<&raise>("child");
    child.join();
    check(child.exitcode() == 1, "it fails");
  });
}

TEST(Crash, IsNoneWhenTheChildCatchesIt) {
  expect_silence([] {
    start<[] {
      try {
        raise();
      } catch (const std::out_of_range&) {
        outcome("caught");
      }
    }>("child")
        .join();
  });
}

TEST(Crash, IsNoneWhenAProcessEndsByExit) {
  expect_silence([] {
    start<[] { mp::exit(3); }>("child").join();
    start_thread("thread", [] { mp::exit(); }).join();
  });
}

TEST(Crash, IsNoneWhenAProcessIsTerminatedOnPurpose) {
  expect_silence([] {
    auto child = start<[] { mp::sleep(std::chrono::hours(1)); }>("child");
    child.terminate();
    child.join();
  });
}

// --- news that nobody catches -----------------------------------------------------------------------------

void receive_one(mp::Connection& receiver) { receiver.recv<int>(); }

TEST(UncaughtNews, OfAnEndThatIsClosedGoesByItsName) {
  const Finding finding = the_finding(
      [] {
        auto [receiver, sender] = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
        auto reader = start<&receive_one>("reader", receiver);
        receiver.close();
        for (int i = 0; i < 3; ++i) sender.send(i);
        reader.join();
      },
      "pipe-peer-closed");
  EXPECT_EQ(finding.object, "numbers.sender");
  EXPECT_EQ(finding.parties.at(0).who, "main");
  EXPECT_NE(finding.sentence.find("the other end is numbers.receiver: main closed it in step"),
            std::string::npos)
      << finding.sentence;
}

TEST(UncaughtNews, OfAServerThatIsGoneGoesByItsName) {
  using Counts = mp::DictProxy<std::string, int>;
  const Finding finding = the_finding(
      [] {
        mp::Manager manager({.name = "manager"});
        Counts counts = manager.dict<std::string, int>("counts");
        auto child = start<[](Counts& shared) { shared.set("a", 1); }>("child", counts);
        manager.shutdown();
        child.join();
      },
      "manager-use-after-shutdown");
  EXPECT_EQ(finding.object, "counts");
  EXPECT_EQ(finding.parties.at(0).who, "child");
  EXPECT_NE(finding.sentence.find("main had called manager.shutdown() in step"), std::string::npos)
      << finding.sentence;
}

// --- barrier-broken ---------------------------------------------------------------------------------------

void meet(mp::Barrier& barrier) { barrier.wait(); }

void meet_or_leave(mp::Barrier& barrier) {
  try {
    barrier.wait();
  } catch (const mp::BrokenBarrierError&) {
    outcome("broken");
  }
}

TEST(BarrierBroken, NamesWhoAborted) {
  const Finding finding = the_finding(
      [] {
        mp::Barrier barrier(2, {.name = "barrier"});
        auto child = start<&meet>("child", barrier);
        barrier.abort();
        child.join();
      },
      "barrier-broken");
  EXPECT_EQ(finding.object, "barrier");
  EXPECT_EQ(finding.parties.at(0).who, "child");
  EXPECT_EQ(finding.parties.at(1).operation, "barrier.abort()");
  EXPECT_NE(finding.sentence.find("main had called barrier.abort() in step"), std::string::npos)
      << finding.sentence;
}

TEST(BarrierBroken, NamesWhoseWaitFailedFirst) {
  const Finding finding = the_finding(
      [] {
        mp::Barrier barrier(3, {.name = "barrier"});
        auto patient = start<&meet>("patient", barrier);
        try {
          barrier.wait(std::chrono::seconds(1));
        } catch (const mp::BrokenBarrierError&) {
          outcome("late");
        }
        patient.join();
      },
      "barrier-broken");
  EXPECT_EQ(finding.parties.at(0).who, "patient");
  EXPECT_NE(finding.sentence.find("the first wait that failed was that of "), std::string::npos)
      << finding.sentence;
}

TEST(BarrierBroken, IsNoneWhereItsPartiesExpectIt) {
  expect_silence([] {
    mp::Barrier barrier(2, {.name = "barrier"});
    auto child = start<&meet_or_leave>("child", barrier);
    barrier.abort();
    child.join();
  });
}

TEST(BarrierBroken, IsNoneWhereAllCome) {
  expect_silence([] {
    mp::Barrier barrier(2, {.name = "barrier"});
    auto child = start<&meet>("child", barrier);
    meet(barrier);
    child.join();
  });
}

// --- assertion --------------------------------------------------------------------------------------------

void put_late(mp::Queue<int>& numbers, int number) { numbers.put(number); }

TEST(Assertion, OfMainAboutAnOrderThatIsNotPromised) {
  const Finding finding = the_finding(
      [] {
        mp::Queue<int> numbers(0, {.name = "numbers"});
        int one = 1;
        int two = 2;
        auto first = start<&put_late>("first", numbers, one);
        auto second = start<&put_late>("second", numbers, two);
        check(numbers.get() == 1, "the first comes first");
        numbers.get();
        first.join();
        second.join();
      },
      "assertion");
  ASSERT_EQ(finding.parties.size(), 1U);
  EXPECT_EQ(finding.parties[0].who, "main");
  EXPECT_NE(finding.sentence.find("the first comes first"), std::string::npos);
}

TEST(Assertion, OfAChild) {
  const Finding finding =
      the_finding([] { start<[] { check(false, "never"); }>("child").join(); }, "assertion");
  EXPECT_EQ(finding.parties.at(0).who, "child");
}

TEST(Assertion, OfAThreadOfAChild) {
  const Finding finding = the_finding(
      [] { start<[] { start_thread("thread", [] { check(false, "never"); }).join(); }>("child").join(); },
      "assertion");
  EXPECT_EQ(finding.parties.at(0).who, "child/thread");
}

TEST(Assertion, OfDataThatTheHarnessChooses) {
  const Finding finding = the_finding([] { check(choose(3) != 2, "two is not handled"); }, "assertion");
  EXPECT_EQ(finding.parties.at(0).who, "main");
}

TEST(Assertion, IsNoneWhenEveryOrderIsAllowed) {
  expect_silence([] {
    mp::Queue<int> numbers(0, {.name = "numbers"});
    int one = 1;
    int two = 2;
    auto first = start<&put_late>("first", numbers, one);
    auto second = start<&put_late>("second", numbers, two);
    check(numbers.get() + numbers.get() == 3, "both come");
    first.join();
    second.join();
  });
}

TEST(Assertion, IsNoneWhenTheOrderIsMade) {
  expect_silence([] {
    mp::Queue<int> numbers(0, {.name = "numbers"});
    for (int i = 0; i < 3; ++i) {
      start<&put_late>("putter", numbers, i).join();
      check(numbers.get() == i, "in the order in which they were joined");
    }
  });
}

}  // namespace
}  // namespace heddle
