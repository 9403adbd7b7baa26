// Which rows a history shows, and in which order.
#include <gtest/gtest.h>

#include <heddle/reports/text/history.hpp>

namespace heddle::text {
namespace {

/// A situation with two processes, to which operations are added by hand.
class HistoryRows : public testing::Test {
 protected:
  HistoryRows() {
    main_ = add_process("main", mp::Role::user);
    worker_ = add_process("worker-1", mp::Role::user);
    lock_ = situation_.objects.add();
    situation_.objects[lock_].kind = mp::ObjectKind::lock;
    situation_.objects[lock_].name = "door";
    finding_.step = 1000;
  }

  TaskIndex add_process(const char* name, mp::Role role) {
    const ProcessIndex process = situation_.processes.add();
    const TaskIndex task = situation_.tasks.add();
    situation_.processes[process].name = name;
    situation_.processes[process].main = task;
    situation_.processes[process].role = role;
    situation_.tasks[task].name = name;
    situation_.tasks[task].process = process;
    return task;
  }

  OperationRow& operation(TaskIndex task, std::uint64_t begin, std::uint64_t end) {
    OperationRow& row = situation_.operations[situation_.operations.add()];
    row.task = task;
    row.verb = mp::Verb::acquire;
    row.object = lock_;
    row.ended = row.succeeded = true;
    row.step_begin = begin;
    row.step_end = end;
    return row;
  }

  std::vector<std::string> words(Granularity granularity = Granularity::op) {
    std::vector<std::string> all;
    for (const HistoryRow& row : history_of(situation_, finding_, granularity).rows) all.push_back(row.words);
    return all;
  }

  using Words = std::vector<std::string>;
  Situation situation_;
  Finding finding_;
  TaskIndex main_ = 0, worker_ = 0;
  ObjectIndex lock_ = 0;
};

TEST_F(HistoryRows, SayObjectVerbArgumentAndResult) {
  OperationRow& row = operation(main_, 1, 2);
  situation_.words_for(row) = {.argument = "block=False", .result = "True"};
  EXPECT_EQ(words(), (Words{"door.acquire(block=False) -> True"}));
}

TEST_F(HistoryRows, SayThatAnOperationFailed) {
  operation(main_, 1, 2).succeeded = false;
  EXPECT_EQ(words(), (Words{"door.acquire() -> failed"}));
}

TEST_F(HistoryRows, OfABlockedOperationAreTwo) {
  operation(worker_, 1, 9).blocked = true;
  operation(main_, 3, 4);
  EXPECT_EQ(words(), (Words{"door.acquire() …", "door.acquire()", "… door.acquire()"}));
}

TEST_F(HistoryRows, OfAnOperationThatTheFindingStoppedIsOne) {
  operation(worker_, 1, 0).ended = false;
  EXPECT_EQ(words(), (Words{"door.acquire() …"}));
}

TEST_F(HistoryRows, OfAnEndlessWaitStandAtTheEndToo) {
  OperationRow& wait = operation(worker_, 1, 0);
  wait.ended = false;
  wait.blocked = true;
  operation(main_, 3, 4);
  const History history = history_of(situation_, finding_, Granularity::op);
  EXPECT_EQ(history.rows.back().kind, HistoryRow::Kind::at_end);
  EXPECT_EQ(history.rows.back().words, "… door.acquire()");
}

TEST_F(HistoryRows, AreSplitByOvertakingAtOsGranularityOnly) {
  operation(worker_, 1, 9);
  operation(main_, 3, 4);
  EXPECT_EQ(words(Granularity::op).size(), 2u);
  EXPECT_EQ(words(Granularity::os).size(), 3u);
}

TEST_F(HistoryRows, StopAtTheFinding) {
  operation(main_, 1, 2);
  operation(main_, 7, 8);
  finding_.step = 5;
  EXPECT_EQ(words().size(), 1u);
}

TEST_F(HistoryRows, LeaveHelpersOutUnlessTheyAreParties) {
  const TaskIndex server = add_process("manager", mp::Role::helper);
  operation(server, 1, 2);
  EXPECT_TRUE(words().empty());
  finding_.parties.push_back(
      {.who = situation_.name_of_task(server), .operation = "", .where = {}, .step = 1});
  const History history = history_of(situation_, finding_, Granularity::op);
  EXPECT_EQ(history.columns, (Words{"manager"}));
  EXPECT_TRUE(history.rows.at(0).is_party);
}

TEST_F(HistoryRows, OfThreadsShareTheirProcesssColumn) {
  const TaskIndex thread = situation_.tasks.add();
  situation_.tasks[thread].name = "Thread-1";
  situation_.tasks[thread].process = situation_.tasks[worker_].process;
  operation(main_, 1, 2);
  operation(thread, 3, 4);
  operation(worker_, 5, 6);
  const History history = history_of(situation_, finding_, Granularity::op);
  EXPECT_EQ(history.columns, (Words{"main", "worker-1"}));
  EXPECT_EQ(history.rows.at(1).words, "Thread-1: door.acquire()");
  EXPECT_EQ(history.rows.at(1).column, history.rows.at(2).column);
}

std::vector<HistoryRow> rows(std::size_t count) {
  std::vector<HistoryRow> all(count);
  for (std::size_t index = 0; index < count; ++index) all[index].step = index;
  return all;
}

TEST(Shortened, LeavesAShortHistoryAlone) { EXPECT_EQ(shortened(rows(10), 4, 6).size(), 10u); }

TEST(Shortened, SaysHowManyRowsAreMissing) {
  const auto kept = shortened(rows(100), 2, 3);
  ASSERT_EQ(kept.size(), 6u);
  EXPECT_EQ(kept[2].words, "… 95 rows left out");
  EXPECT_EQ(kept[3].step, 97u);
}

TEST(Shortened, KeepsPartiesWhereverTheyAre) {
  auto all = rows(100);
  all[50].is_party = true;
  const auto kept = shortened(all, 2, 3);
  ASSERT_EQ(kept.size(), 8u);
  EXPECT_EQ(kept[3].step, 50u);
}

}  // namespace
}  // namespace heddle::text
