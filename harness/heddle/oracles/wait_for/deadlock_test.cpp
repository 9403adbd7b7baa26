// Deadlocks over queues, pipes, and the ends of processes and threads: who waits for whom, and programs in
// which somebody is still on their way.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/trial/trial.hpp>
#include <string>

namespace heddle {
namespace {

using namespace std::chrono_literals;
using namespace trial;
using mp::Connection;
using Numbers = mp::Queue<int>;
using Jobs = mp::JoinableQueue<int>;

// --- queues -----------------------------------------------------------------------------------------------

void get_then_put(Numbers& from, Numbers& to) { to.put(from.get()); }

TEST(Deadlock, OfTwoProcessesThatWaitForEachOthersQueue) {
  expect_finding(
      [] {
        Numbers left(0, {.name = "left"});
        Numbers right(0, {.name = "right"});
        auto first = start<&get_then_put>("first", left, right);
        auto second = start<&get_then_put>("second", right, left);
        first.join();
        second.join();
      },
      "deadlock", "left", {"main", "first", "second"});
}

TEST(Deadlock, IsNoneWhenSomebodyPutsFirst) {
  expect_silence([] {
    Numbers left(0, {.name = "left"});
    Numbers right(0, {.name = "right"});
    auto first = start<&get_then_put>("first", left, right);
    auto second = start<&get_then_put>("second", right, left);
    left.put(1);
    first.join();
    second.join();
  });
}

TEST(Deadlock, OfMainThatGetsFromAQueueNobodyPutsInto) {
  expect_finding(
      [] {
        Numbers empty(0, {.name = "empty"});
        empty.get();
      },
      "deadlock", "empty", {"main"});
}

void put_three(Numbers& numbers) {
  for (int i = 0; i < 3; ++i) numbers.put(i);
}

TEST(Deadlock, OfAProducerOnAFullQueueThatIsJoinedBeforeItIsDrained) {
  expect_finding(
      [] {
        Numbers narrow(2, {.name = "narrow"});
        auto producer = start<&put_three>("producer", narrow);
        producer.join();
        while (!narrow.empty()) narrow.get();
      },
      "deadlock", "narrow", {"main", "producer"});
}

TEST(Deadlock, OfAGetterWhoseLockThePutterWants) {
  const Result result = explore(
      [] {
        Numbers numbers(0, {.name = "numbers"});
        mp::Lock lock({.name = "lock"});
        auto putter = start<[](Numbers& to, mp::Lock& both) {
          const mp::With held(both);
          to.put(1);
        }>("putter", numbers, lock);
        {
          const mp::With held(lock);  // the plant: held while it waits
          numbers.get();
        }
        putter.join();
      },
      options_of(200));
  EXPECT_EQ(rules_of(result), Names{"deadlock"});
}

void put_large(mp::Queue<std::string>& texts) { texts.put(std::string(200'000, 'x')); }

TEST(Deadlock, OfAFeederThatNobodyDrainsHasANameOfItsOwn) {
  const Result result = explore(
      [] {
        mp::Queue<std::string> texts(0, {.name = "texts"});
        auto producer = start<&put_large>("producer", texts);
        producer.join();
        texts.get();
      },
      options_of(200));
  EXPECT_EQ(rules_of(result), Names{"join-before-drain"});
}

TEST(Deadlock, IsNoneWhenLargeItemsOfTwoProducersWaitForALateGetter) {
  expect_silence([] {
    mp::Queue<std::string> texts(0, {.name = "texts"});
    auto first = start<&put_large>("first", texts);
    auto second = start<&put_large>("second", texts);
    mp::sleep(1s);
    for (int i = 0; i < 2; ++i) check(texts.get().size() == 200'000, "an item is whole");
    first.join();
    second.join();
  });
}

void take_texts(mp::Queue<std::string>& texts) {
  mp::sleep(1s);
  for (int i = 0; i < 2; ++i) texts.get();
}

TEST(Deadlock, IsNoneWhenMainOnlyJoinsThoseThatExchangeLargeItems) {
  expect_silence([] {
    mp::Queue<std::string> texts(0, {.name = "texts"});
    auto first = start<&put_large>("first", texts);
    auto second = start<&put_large>("second", texts);
    auto taker = start<&take_texts>("taker", texts);
    first.join();
    second.join();
    taker.join();
  });
}

TEST(Deadlock, OfAWorkerThatStillHasToMarkItsItem) {
  expect_finding(
      [] {
        Jobs jobs(0, {.name = "jobs"});
        Numbers answers(0, {.name = "answers"});
        auto worker = start_daemon<[](Jobs& work, Numbers& wanted) {
          work.get();
          wanted.get();  // nobody answers
          work.task_done();
        }>("worker", jobs, answers);
        jobs.put(1);
        jobs.join();
      },
      "deadlock", "jobs", {"main", "worker"});
}

// --- pipes ------------------------------------------------------------------------------------------------

void answer(Connection& end) { end.send(end.recv<int>()); }

TEST(Deadlock, OfTwoThatBothListenOnADuplexPipe) {
  expect_finding(
      [] {
        auto pipe = mp::Pipe(mp::Duplex::yes, {.name = "talk"});
        auto child = start<&answer>("child", pipe.second);
        pipe.second.close();
        static_cast<void>(pipe.first.recv<int>());
        child.join();
      },
      "deadlock", "talk.a", {"main", "child"});
}

void answer_over_two(Connection& from, Connection& to, Connection& not_from, Connection& not_to) {
  not_from.close();
  not_to.close();
  to.send(from.recv<int>());
}

TEST(Deadlock, OfTwoThatBothListenOnAPipeOfTheirOwn) {
  expect_finding(
      [] {
        auto there = mp::Pipe(mp::Duplex::no, {.name = "there"});
        auto back = mp::Pipe(mp::Duplex::no, {.name = "back"});
        auto first = start<&answer_over_two>("first", there.first, back.second, back.first, there.second);
        auto second = start<&answer_over_two>("second", back.first, there.second, there.first, back.second);
        for (Connection* end : {&there.first, &there.second, &back.first, &back.second}) end->close();
        first.join();
        second.join();
      },
      "deadlock", "there.receiver", {"main", "first", "second"});
}

TEST(Deadlock, IsNoneWhenOneOfTheTwoSpeaks) {
  expect_silence([] {
    auto pipe = mp::Pipe(mp::Duplex::yes, {.name = "talk"});
    auto child = start<&answer>("child", pipe.second);
    pipe.second.close();
    pipe.first.send(1);
    check(pipe.first.recv<int>() == 1, "the answer arrives");
    child.join();
  });
}

// --- ends -------------------------------------------------------------------------------------------------

TEST(Deadlock, OfAChildThatWaitsForItsParentWhichJoinsIt) {
  expect_finding(
      [] {
        Numbers orders(0, {.name = "orders"});
        auto child = start<[](Numbers& wanted) { wanted.get(); }>("child", orders);
        child.join();
        orders.put(1);
      },
      "deadlock", "orders", {"main", "child"});
}

TEST(Deadlock, OfTwoThreadsAmongOthersThatRun) {
  expect_finding(
      [] {
        Numbers left(0, {.name = "left"});
        Numbers right(0, {.name = "right"});
        auto ticking = start<[] { mp::sleep(1h); }>("ticking");  // is no way out, and holds neither queue
        const auto first = start_thread("first", [&] { get_then_put(left, right); });
        get_then_put(right, left);
        first.join();
        ticking.join();
      },
      "deadlock", "right", {"main", "main/first"});
}

void serve_once(Numbers& questions, Numbers& answers) { answers.put(questions.get() + 1); }

void ask_in_grandchild(Numbers& questions, Numbers& answers) {
  start<[](Numbers& put_here, Numbers& get_here) {
    put_here.put(1);
    check(get_here.get() == 2, "the answer is right");
  }>("grandchild", questions, answers)
      .join();
}

TEST(Deadlock, IsNoneWhenAGrandchildEndsTheWait) {
  expect_silence([] {
    Numbers questions(0, {.name = "questions"});
    Numbers answers(0, {.name = "answers"});
    auto server = start<&serve_once>("server", questions, answers);
    auto child = start<&ask_in_grandchild>("child", questions, answers);
    server.join();
    child.join();
  });
}

TEST(Deadlock, IsNoneWhenAThreadOfTheWaitersProcessEndsTheWait) {
  expect_silence([] {
    Numbers numbers(0, {.name = "numbers"});
    const auto thread = start_thread("thread", [&] {
      mp::sleep(1s);
      numbers.put(1);
    });
    check(numbers.get() == 1, "the item arrives");
    thread.join();
  });
}

}  // namespace
}  // namespace heddle
