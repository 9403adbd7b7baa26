// Calls that a primitive rejects, found even where the program swallows the rejection: by main, threads,
// processes and late comers; and programs that mark exactly what was put, whoever does it and whenever.
#include <gtest/gtest.h>

#include <heddle/trial/trial.hpp>
#include <string>

namespace heddle {
namespace {

using namespace trial;

using Jobs = mp::JoinableQueue<int>;

// One call too many, on "jobs", by this task.
void expect_overflow(void (*program)(), const std::string& who) {
  const Result result = explore(program, options_of(200));
  ASSERT_EQ(rules_of(result), Names{"task-done-overflow"});
  const Finding& finding = std::get<Failed>(result.verdict).failures.at(0).finding;
  EXPECT_EQ(finding.object, "jobs");
  EXPECT_EQ(finding.severity, Severity::error);
  ASSERT_FALSE(finding.parties.empty());
  EXPECT_EQ(finding.parties[0].who, who) << finding.sentence;
  EXPECT_EQ(finding.parties[0].operation, "jobs.task_done()");
}

// --- task-done-overflow -----------------------------------------------------------------------------------

TEST(TaskDoneOverflow, ByMainOnAQueueThatNeverHeldAnything) {
  expect_overflow(
      [] {
        Jobs jobs(0, {.name = "jobs"});
        jobs.task_done();
      },
      "main");
}

void mark_twice(Jobs& jobs) {
  jobs.get();
  jobs.task_done();
  try {
    jobs.task_done();
  } catch (const mp::ValueError&) {  // the plant swallows what tells of it
  }
}

TEST(TaskDoneOverflow, NamesTheItemThatWasMarkedTwice) {
  const Result result = explore(
      [] {
        Jobs jobs(0, {.name = "jobs"});
        jobs.put(7);
        start<&mark_twice>("worker", jobs).join();
      },
      options_of(200));
  ASSERT_EQ(rules_of(result), Names{"task-done-overflow"});
  const Finding& finding = std::get<Failed>(result.verdict).failures.at(0).finding;
  EXPECT_NE(finding.sentence.find("worker marked the item 7 twice, in steps"), std::string::npos)
      << finding.sentence;
  ASSERT_EQ(finding.parties.size(), 3U);
  EXPECT_EQ(finding.parties[1].operation, "jobs.get()");
  EXPECT_EQ(finding.parties[2].operation, "jobs.task_done()");
}

// A second mark may be for what another got and left unmarked.
TEST(TaskDoneOverflow, BlamesNobodysSecondMarkWhereAnItemWasLeftUnmarked) {
  const std::string sentence = sentence_of([] {
    Jobs jobs(0, {.name = "jobs"});
    jobs.put(7);
    jobs.put(8);
    auto getter = start<[](Jobs& shared) { shared.get(); }>("getter", jobs);
    getter.join();
    start<&mark_twice>("worker", jobs).join();
    start<[](Jobs& shared) { shared.task_done(); }>("late", jobs).join();
  });
  EXPECT_NE(sentence.find("late called jobs.task_done()"), std::string::npos) << sentence;
  EXPECT_EQ(sentence.find("twice"), std::string::npos) << sentence;
}

TEST(TaskDoneOverflow, ByAWorkerThatSwallowsTheError) {
  expect_overflow(
      [] {
        Jobs jobs(0, {.name = "jobs"});
        jobs.put(1);
        start<&mark_twice>("worker", jobs).join();
      },
      "worker");
}

TEST(TaskDoneOverflow, ByAThreadThatMarksWhatMainHasMarked) {
  expect_overflow(
      [] {
        Jobs jobs(0, {.name = "jobs"});
        jobs.put(1);
        jobs.get();
        jobs.task_done();
        start_thread("late", [&] { jobs.task_done(); }).join();
      },
      "main/late");
}

void mark_in_grandchild(Jobs& jobs) {
  start<[](Jobs& work) { work.task_done(); }>("grandchild", jobs).join();
}

TEST(TaskDoneOverflow, ByAGrandchildAfterTheQueueWasClosed) {
  expect_overflow(
      [] {
        Jobs jobs(0, {.name = "jobs"});
        auto child = start<&mark_in_grandchild>("child", jobs);
        jobs.close();
        child.join();
      },
      "grandchild");
}

void mark_without_get(Jobs& jobs) { jobs.task_done(); }

TEST(TaskDoneOverflow, OnlyInSomeInterleavings) {
  const Result result = explore(
      [] {
        Jobs jobs(0, {.name = "jobs"});
        auto marker = start<&mark_without_get>("marker", jobs);  // the plant: does not wait for the put
        jobs.put(1);
        marker.join();
      },
      options_of(500));
  EXPECT_EQ(rules_of(result), Names{"task-done-overflow"});
}

TEST(TaskDoneOverflow, IsToldWithEveryonesCounts) {
  const Result result = explore(
      [] {
        Jobs jobs(0, {.name = "jobs"});
        jobs.put(1);
        start<&mark_twice>("worker", jobs).join();
      },
      options_of(50));
  ASSERT_EQ(rules_of(result), Names{"task-done-overflow"});
  const std::string& sentence = std::get<Failed>(result.verdict).failures.at(0).finding.sentence;
  EXPECT_NE(sentence.find("1 put; worker got 1 and called task_done() 2 times"), std::string::npos)
      << sentence;
}

// --- exactly enough ---------------------------------------------------------------------------------------

void take_two(Jobs& jobs) {
  for (int i = 0; i < 2; ++i) jobs.get();
}

void mark_two(Jobs& jobs) {
  for (int i = 0; i < 2; ++i) jobs.task_done();
}

TEST(TaskDoneOverflow, IsNoneWhenAnotherThanTheTakerMarks) {
  expect_silence([] {
    Jobs jobs(0, {.name = "jobs"});
    for (int i = 0; i < 2; ++i) jobs.put(i);
    auto taker = start<&take_two>("taker", jobs);
    auto marker = start<&mark_two>("marker", jobs);
    jobs.join();
    taker.join();
    marker.join();
  });
}

TEST(TaskDoneOverflow, IsNoneWhenItemsAreMarkedAfterTheQueueWasClosed) {
  expect_silence([] {
    Jobs jobs(0, {.name = "jobs"});
    jobs.put(1);
    jobs.get();
    jobs.close();
    jobs.task_done();
    jobs.join();
  });
}

void put_and_mark(Jobs& jobs) {
  for (int i = 0; i < 2; ++i) {
    jobs.put(i);
    jobs.get();  // any item, not its own
    jobs.task_done();
  }
}

TEST(TaskDoneOverflow, IsNoneWhenEveryoneTakesAndMarksAsManyAsTheyPut) {
  expect_silence([] {
    Jobs jobs(0, {.name = "jobs"});
    auto first = start<&put_and_mark>("first", jobs);
    const auto thread = start_thread("thread", [&] { put_and_mark(jobs); });
    put_and_mark(jobs);
    jobs.join();
    first.join();
    thread.join();
  });
}

TEST(TypedMisuse, IsNoneWhereEmptyAndFullAreTheAnswer) {
  expect_silence([] {
    Jobs jobs(1, {.name = "jobs"});
    auto worker = start<[](Jobs& work) {
      try {
        work.get_nowait();
        work.task_done();
      } catch (const mp::Empty&) {
        outcome("empty");
      }
    }>("worker", jobs);
    jobs.put(1);
    try {
      jobs.put_nowait(2);
    } catch (const mp::Full&) {
      outcome("full");
    }
    worker.join();
  });
}

// --- processes --------------------------------------------------------------------------------------------

// `before`: what main had called that makes it wrong; empty: nothing.
void expect_rejection(void (*program)(), const std::string& rule, const std::string& object,
                      const std::string& who, const std::string& before) {
  const Result result = explore(program, options_of(100));
  ASSERT_EQ(rules_of(result), Names{rule});
  const Finding& finding = std::get<Failed>(result.verdict).failures.at(0).finding;
  EXPECT_EQ(finding.object, object);
  EXPECT_EQ(finding.severity, Severity::error);
  ASSERT_EQ(finding.parties.size(), before.empty() ? 1U : 2U);
  EXPECT_EQ(finding.parties[0].who, who) << finding.sentence;
  if (before.empty()) return;
  EXPECT_EQ(finding.parties[1].who, "main");
  EXPECT_EQ(finding.parties[1].operation, before);
}

template <class Call>
void swallow(Call call) {
  try {
    call();
  } catch (const mp::AssertionError&) {  // what tells of it
  }
}

void do_nothing() {}

TEST(ProcessMisuse, IsASecondStart) {
  expect_rejection(
      [] {
        mp::Process worker = start<&do_nothing>("worker");
        worker.join();
        swallow([&] { worker.start(); });
      },
      "process-start-twice", "worker", "main", "worker.start()");
}

TEST(ProcessMisuse, IsAJoinBeforeTheStart) {
  expect_rejection(
      [] {
        const mp::Process worker(mp::fn<&do_nothing>, {.name = "worker"});
        swallow([&] { worker.join(); });
      },
      "join-before-start", "worker", "main", "");
}

class Selfish : public mp::ProcessClass<Selfish> {
 public:
  explicit Selfish(const mp::ProcessOptions& options = {}) : ProcessClass(options) {}
  void run() {
    swallow([&] { join(); });
  }
};

TEST(ProcessMisuse, IsAJoinByAnotherThanTheParent) {
  expect_rejection(
      [] {
        Selfish selfish({.name = "selfish"});
        selfish.start();
        selfish.join();
      },
      "join-foreign-process", "selfish", "selfish", "selfish.start()");
}

TEST(ProcessMisuse, IsADaemonMadeAfterTheStart) {
  expect_rejection(
      [] {
        mp::Process worker = start<&do_nothing>("worker");
        swallow([&] { worker.set_daemon(true); });
        worker.join();
      },
      "daemon-after-start", "worker", "main", "worker.start()");
}

void want_a_child() {
  swallow([] { start<&do_nothing>("grandchild"); });
}

TEST(ProcessMisuse, IsADaemonWithAChild) {
  expect_rejection([] { start_daemon<&want_a_child>("daemon").join(); }, "daemon-with-children", "grandchild",
                   "daemon", "daemon.start()");
}

TEST(ProcessMisuse, IsNoneWhenEachIsStartedOnceAndJoinedByItsParent) {
  expect_silence([] {
    mp::Process worker(mp::fn<&do_nothing>, {.name = "worker"});
    worker.set_daemon(true);
    worker.start();
    worker.join();
    worker.join();
    check(!worker.is_alive(), "a joined process is not alive");
  });
}

}  // namespace
}  // namespace heddle
