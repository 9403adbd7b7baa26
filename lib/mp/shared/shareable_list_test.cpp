// Shareable lists, on the real Os.
#include <mp/shared/shareable_list.hpp>

#include <gtest/gtest.h>

#include <concepts>
#include <string>
#include <vector>

#include <mp/errors.hpp>
#include <mp/process/process.hpp>

namespace mp {
namespace {

using Items = std::vector<ShareableItem>;

// A list whose memory goes with the test.
struct List {
  explicit List(const Items& items) : list(items) {}
  ~List() { list.shm().unlink(); }
  ShareableList list;
};

TEST(ShareableList, HoldsItemsOfEveryType_SHL_01) {
  const Items items{-7, true, 2.5, "text", Bytes{std::byte{1}}, std::nullopt, INT64_MIN, ""};
  List made(items);
  EXPECT_EQ(made.list.size(), 8U);
  EXPECT_EQ(made.list.items(), items);
  EXPECT_EQ(ShareableList::attach(made.list.shm().name()).items(), items);
  static_assert(!std::convertible_to<std::uint64_t, ShareableItem>);
  static_assert(!std::convertible_to<std::vector<int>, ShareableItem>);
}

TEST(ShareableList, HasPlacesOfMultiplesOfEightBytes_SHL_01) {
  List made({"1234567", "12345678", 0});
  made.list.set(0, "12345678");
  EXPECT_THROW(made.list.set(0, "123456789"), ValueError);
  made.list.set(1, std::string(16, 'x'));
  EXPECT_THROW(made.list.set(1, std::string(17, 'x')), ValueError);
  made.list.set(2, "eight by");
  EXPECT_EQ(made.list.get(2), "eight by");
  EXPECT_EQ(made.list.get(0), "12345678");
}

TEST(ShareableList, ChangesTheTypeOfAnItem_SHL_01) {
  List made({1});
  for (const ShareableItem& item : Items{false, 0.5, "str", std::nullopt, Bytes(3), 4}) {
    made.list.set(0, item);
    EXPECT_EQ(made.list.get(0).get(), item.get());
  }
}

TEST(ShareableList, FindsAndCounts_SHL_01) {
  List made({1, "a", 1.0, true, std::nullopt});
  EXPECT_EQ(made.list.index("a"), 1U);
  EXPECT_EQ(made.list.index(true), 0U);
  EXPECT_EQ(made.list.count(1), 3U);
  EXPECT_EQ(made.list.count("b"), 0U);
  EXPECT_THROW(made.list.index("b"), ValueError);
}

TEST(ShareableList, RejectsPositionsBeyondBothEnds_SHL_02) {
  List made({1, 2});
  EXPECT_EQ(made.list.get(-2), 1);
  EXPECT_THROW(made.list.get(2), IndexError);
  EXPECT_THROW(made.list.get(-3), IndexError);
  EXPECT_THROW(made.list.set(-3, 0), IndexError);
}

TEST(ShareableList, KeepsZeroBytesAndLettersOfManyBytes_SHL_02) {
  const Items items{Bytes{std::byte{'x'}, std::byte{0}}, std::string("a\0", 2),
                    "\xc3\xa4\xc3\xb6\xc3\xbc\xc3\x9f\xe2\x82\xac"};
  List made(items);
  EXPECT_EQ(made.list.items(), items);
}

TEST(ShareableList, IsNotWhatHasNoList) {
  SharedMemory memory = SharedMemory::create(8);
  memory.buf().store<std::uint64_t>(0, 1000);
  EXPECT_THROW(ShareableList::attach(memory.name()), ValueError);
  memory.unlink();
}

void set_last(ShareableList& list) { list.set(-1, "child"); }

TEST(ShareableList, CrossesByName) {
  List made({1, "parent"});
  Process child(fn<&set_last>, args(made.list));
  child.start();
  child.join();
  EXPECT_EQ(made.list.get(1), "child");
  EXPECT_EQ(decode_message<ShareableList>(encode_message(made.list)).get(1), "child");
  made.list.close();
  EXPECT_THROW(made.list.get(0), ValueError);
}

}  // namespace
}  // namespace mp
