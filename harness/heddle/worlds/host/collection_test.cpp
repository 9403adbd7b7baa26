// Messages become the findings that a simulated execution would give.
#include <gtest/gtest.h>

#include <csignal>

#include <heddle/worlds/host/collection.hpp>

namespace heddle::host {
namespace {

class CollectionOf : public testing::Test {
 protected:
  CollectionOf() {
    collection_.add({.kind = MessageKind::started, .number = 100, .text = "main"});
    collection_.add({.kind = MessageKind::created, .object = 5, .text = "worker-1"});
    collection_.add({.kind = MessageKind::started, .object = 5, .number = 101, .text = "worker-1"});
  }
  std::string rule_found() const {
    const auto finding = collection_.finding();
    return finding ? finding->rule : "none";
  }
  Collection collection_;
};

TEST_F(CollectionOf, NothingBadIsNoFinding) {
  collection_.add({.kind = MessageKind::ended});
  EXPECT_TRUE(collection_.main_has_ended());
  EXPECT_EQ(collection_.main_process(), 100);
  EXPECT_EQ(rule_found(), "none");
}

TEST_F(CollectionOf, MisuseNamesObjectAndOperation) {
  collection_.add({.kind = MessageKind::created, .object = 9, .text = "tasks"});
  collection_.add({.kind = MessageKind::misused,
                   .object = 9,
                   .who = "worker-1",
                   .operation = "task_done",
                   .rule = "task-done-overflow",
                   .text = "called too many times"});
  EXPECT_TRUE(collection_.is_settled());
  EXPECT_EQ(rule_found(), "task-done-overflow");
  EXPECT_EQ(collection_.finding()->object, "tasks");
  EXPECT_EQ(collection_.finding()->parties.at(0).operation, "tasks.task_done()");
}

TEST_F(CollectionOf, ARefusalThatIsNoRuleIsNoFinding) {
  collection_.add({.kind = MessageKind::misused, .rule = "some-refusal"});
  EXPECT_EQ(rule_found(), "none");
}

TEST_F(CollectionOf, ARefusalThatMayBeNewsIsNoFinding) {
  collection_.add({.kind = MessageKind::misused, .rule = "pipe-peer-closed"});
  EXPECT_EQ(rule_found(), "none");
}

TEST_F(CollectionOf, AnUncaughtExceptionIsACrash) {
  collection_.add({.kind = MessageKind::uncaught, .object = 5, .who = "worker-1", .text = "mp::KeyError: x"});
  EXPECT_EQ(rule_found(), "crash");
  EXPECT_EQ(collection_.finding()->object, "worker-1");
}

TEST_F(CollectionOf, AnUncaughtExceptionIsFineWhenTheExitcodeIsReadLater) {
  collection_.add({.kind = MessageKind::uncaught, .object = 5, .who = "worker-1", .text = "mp::KeyError: x"});
  collection_.add({.kind = MessageKind::exitcode_read, .object = 5});
  EXPECT_EQ(rule_found(), "none");
}

TEST_F(CollectionOf, TheExitcodeOfAnotherProcessExcusesNothing) {
  collection_.add({.kind = MessageKind::uncaught, .object = 5, .who = "worker-1", .text = "mp::KeyError: x"});
  collection_.add({.kind = MessageKind::exitcode_read, .object = 6});
  EXPECT_EQ(rule_found(), "crash");
}

TEST_F(CollectionOf, ASignalThatNobodySentIsACrash) {
  collection_.add({.kind = MessageKind::killed, .object = SIGSEGV, .number = 101});
  EXPECT_EQ(rule_found(), "crash");
  EXPECT_NE(collection_.finding()->sentence.find("SIGSEGV"), std::string::npos);
}

TEST_F(CollectionOf, TheMainProcesssCrashIsNeverExcused) {
  collection_.add({.kind = MessageKind::ended, .object = SIGABRT});
  EXPECT_EQ(rule_found(), "crash");
}

TEST_F(CollectionOf, TheFirstFindingCounts) {
  collection_.add({.kind = MessageKind::failed, .who = "main", .text = "two is not three"});
  collection_.add({.kind = MessageKind::misused, .rule = "task-done-overflow"});
  EXPECT_EQ(rule_found(), "assertion");
  EXPECT_EQ(collection_.finding()->sentence, "main: two is not three");
}

TEST_F(CollectionOf, OutcomesKeepTheirOrder) {
  collection_.add({.kind = MessageKind::outcome, .text = "b"});
  collection_.add({.kind = MessageKind::outcome, .text = "a"});
  EXPECT_EQ(collection_.outcomes(), (std::vector<std::string>{"b", "a"}));
}

}  // namespace
}  // namespace heddle::host
