// ListProxy: a list as Python has it. On the real Os.
#include <mp/manager/list_proxy.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include <mp/manager/manager.hpp>

namespace mp {
namespace {

using Numbers = ListProxy<int>;
using Values = std::vector<int>;
using testing::ElementsAre;

TEST(ListProxy, HasPositionsFromBothEnds) {
  Manager manager;
  const Numbers list = manager.list<int>({1, 2, 3});
  EXPECT_EQ(list.at(0), 1);
  EXPECT_EQ(list.at(-1), 3);
  list[1] = 7;
  list[-3] += 10;
  EXPECT_EQ(list.slice(), (Values{11, 7, 3}));
  EXPECT_THROW(list.at(3), IndexError);
  EXPECT_THROW(list.set(-4, 0), IndexError);
  EXPECT_THROW(list.del(3), IndexError);
}

TEST(ListProxy, IsCutAsPythonCuts) {
  Manager manager;
  const Numbers list = manager.list<int>({0, 1, 2, 3, 4});
  EXPECT_EQ(list.slice(1, 3), (Values{1, 2}));
  EXPECT_EQ(list.slice(-2), (Values{3, 4}));
  EXPECT_EQ(list.slice(3, 1), Values());
  EXPECT_EQ(list.slice(-99, 99), (Values{0, 1, 2, 3, 4}));
  list.set_slice(1, 4, {9});
  EXPECT_EQ(list.slice(), (Values{0, 9, 4}));
  list.set_slice(std::nullopt, std::nullopt, {});
  EXPECT_EQ(list.size(), 0U);
}

TEST(ListProxy, GrowsAndShrinks) {
  Manager manager;
  const Numbers list = manager.list<int>();
  list.append(1);
  list += {2, 3};
  list.insert(0, 0);
  list.insert(99, 4);
  EXPECT_EQ(list.pop(), 4);
  EXPECT_EQ(list.pop(0), 0);
  list.remove(2);
  EXPECT_THROW(list.remove(2), ValueError);
  EXPECT_EQ(list.slice(), (Values{1, 3}));
  list.del(-1);
  EXPECT_EQ(list.pop(), 1);
  EXPECT_THROW(list.pop(), IndexError);
}

TEST(ListProxy, IsSearched) {
  Manager manager;
  const Numbers list = manager.list<int>({5, 6, 5});
  EXPECT_TRUE(list.contains(6));
  EXPECT_FALSE(list.contains(7));
  EXPECT_EQ(list.count(5), 2U);
  EXPECT_EQ(list.index(5), 0U);
  EXPECT_EQ(list.index(5, 1), 2U);
  EXPECT_THROW(list.index(5, 1, 2), ValueError);
}

TEST(ListProxy, IsRepeatedAndReversed) {
  Manager manager;
  const Numbers list = manager.list<int>({1, 2});
  EXPECT_EQ(list * 2, (Values{1, 2, 1, 2}));
  EXPECT_EQ(list + Values{3}, (Values{1, 2, 3}));
  EXPECT_EQ(list.reversed(), (Values{2, 1}));
  list *= 2;
  list.reverse();
  EXPECT_EQ(list.slice(), (Values{2, 1, 2, 1}));
  list *= -1;
  EXPECT_EQ(list.size(), 0U);
  list.append(1);
  list *= 1 << 10;
  EXPECT_THROW(list *= 1 << 20, ValueError);
}

TEST(ListProxy, IsSortedAsPythonSorts) {
  Manager manager;
  const Numbers list = manager.list<int>({3, -1, 200});
  list.sort();
  EXPECT_EQ(list.slice(), (Values{-1, 3, 200}));
  list.sort(SortOrder::descending);
  EXPECT_EQ(list.slice(), (Values{200, 3, -1}));
}

TEST(ListProxy, StaysAsItWasIfItCannotBeSorted) {
  Manager manager;
  const auto list = manager.list<std::optional<int>>({std::nullopt, 1});
  EXPECT_THROW(list.sort(), TypeError);
  EXPECT_EQ(list.size(), 2U);
  EXPECT_EQ(list.at(0), std::nullopt);
}

TEST(ListProxy, IteratesOverWhatIsThereByThen) {
  Manager manager;
  const Numbers list = manager.list<int>({1, 2});
  Values seen;
  for (const int value : list) {
    seen.push_back(value);
    if (value < 3) list.append(value + 10);
  }
  EXPECT_EQ(seen, (Values{1, 2, 11, 12}));
}

// MGR-06.
TEST(ListProxy, IsShownAsItsReferent) {
  Manager manager;
  EXPECT_EQ(manager.list(std::vector<std::string>{"a", "it's"}).str(), "['a', \"it's\"]");
  EXPECT_EQ(manager.list<double>({1, 0.5}).str(), "[1.0, 0.5]");
}

// MGR-05.
TEST(ListProxy, HoldsCopies) {
  Manager manager;
  const auto lists = manager.list<Values>({{1}});
  lists.at(0).push_back(2);
  EXPECT_THAT(lists.at(0), ElementsAre(1));
}

}  // namespace
}  // namespace mp
