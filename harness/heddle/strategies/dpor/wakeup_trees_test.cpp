// Which sequences are put down beside those that are there.
#include <gtest/gtest.h>

#include <deque>
#include <vector>

#include <heddle/strategies/dpor/wakeup_trees.hpp>

namespace heddle::dpor {
namespace {

/// A step of a task that changes one thing.
struct Change {
  TaskIndex task = no_task;
  ThingId thing = no_thing;
  bool is_open = false;
};

class WakeupTreesAtAPoint : public testing::Test {
 protected:
  void put_down(const std::vector<Change>& changes) {
    Sequence sequence;
    std::deque<Access> accesses;
    for (const Change& each : changes)
      sequence.add({.task = each.task,
                    .accesses = std::span(&accesses.emplace_back(access_of(each)), 1),
                    .is_open = each.is_open});
    trees_.insert(first_, sequence);
  }
  /// The ends of the paths, by the tasks on the way; but for what is under way.
  std::vector<std::vector<TaskIndex>> paths() const {
    std::vector<std::vector<TaskIndex>> found;
    collect(trees_[first_].next, {}, found);
    return found;
  }

 private:
  static Access access_of(const Change& each) { return {.thing = each.thing, .kind = AccessKind::write}; }
  void collect(BranchIndex first, const std::vector<TaskIndex>& way,
               std::vector<std::vector<TaskIndex>>& found) const {
    for (BranchIndex each = first; each != no_branch; each = trees_[each].next) {
      std::vector<TaskIndex> longer = way;
      longer.push_back(trees_[each].task);
      if (trees_[each].below == no_branch) found.push_back(longer);
      collect(trees_[each].below, longer, found);
    }
  }

  WakeupTrees trees_;
  BranchIndex first_ = trees_.add(0, {});
};

using Paths = std::vector<std::vector<TaskIndex>>;

TEST_F(WakeupTreesAtAPoint, TakeASequenceWhole) {
  put_down({{1, 5}, {2, 5}, {1, 6}});
  EXPECT_EQ(paths(), (Paths{{1, 2, 1}}));
}

TEST_F(WakeupTreesAtAPoint, TakeNoneThatBeginsAsOneThatIsThere) {
  put_down({{1, 5}});
  put_down({{2, 6}, {1, 5}, {3, 7}});  // task 1 may come first
  EXPECT_EQ(paths(), (Paths{{1}}));
}

TEST_F(WakeupTreesAtAPoint, TakeNoneThatDoesNotMindOneThatIsThere) {
  put_down({{1, 5}});
  put_down({{2, 6}});
  EXPECT_EQ(paths(), (Paths{{1}}));
}

TEST_F(WakeupTreesAtAPoint, BranchWhereSequencesPart) {
  put_down({{1, 5}, {2, 6}});
  put_down({{1, 5}, {3, 6}, {2, 6}});
  EXPECT_EQ(paths(), (Paths{{1, 2}, {1, 3, 2}}));
}

TEST_F(WakeupTreesAtAPoint, EndASequenceWithItsFirstOpenStep) {
  put_down({{1, 5}, {2, 6, true}, {3, 7}});
  EXPECT_EQ(paths(), (Paths{{1, 2}}));
}

}  // namespace
}  // namespace heddle::dpor
