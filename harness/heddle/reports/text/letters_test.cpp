// Widths, cuts and places as the reports need them.
#include <gtest/gtest.h>

#include <heddle/reports/text/letters.hpp>

namespace heddle::text {
namespace {

TEST(Letters, CountColumnsAndNotBytes) {
  EXPECT_EQ(width_of("a…b"), 3u);
  EXPECT_EQ(width_of(""), 0u);
}

TEST(Letters, CutToTheWidthWithAnEllipsis) {
  EXPECT_EQ(cut("tasks.put(1)", 12), "tasks.put(1)");
  EXPECT_EQ(cut("tasks.put(1)", 6), "tasks…");
  EXPECT_EQ(cut("éééé", 3), "éé…");
  EXPECT_EQ(cut("abc", 0), "");
}

TEST(Letters, PadToExactlyTheWidth) {
  EXPECT_EQ(padded("é", 3), "é  ");
  EXPECT_EQ(padded("abcd", 3), "ab…");
}

TEST(Letters, WrapBetweenWords) {
  EXPECT_EQ(wrapped("one two three", 9, 1), " one two\n three\n");
  EXPECT_EQ(wrapped("one", 80, 2), "  one\n");
  EXPECT_EQ(wrapped("verylongword a", 5, 1), " verylongword\n a\n");
}

TEST(Letters, LetNoControlCharacterThrough) { EXPECT_EQ(printable("a\nb\033[1m\x7f"), "a\\nb?[1m?"); }

TEST(Letters, GroupThousands) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(1234567), "1,234,567");
}

TEST(Letters, CountInWords) {
  EXPECT_EQ(counted(1, "step"), "1 step");
  EXPECT_EQ(counted(2, "step"), "2 steps");
}

TEST(Letters, NameAPlaceByTwoComponents) {
#line 7 "/long/way/to/queue/worker.cpp"
  EXPECT_EQ(place_of(mp::Location::current()), "queue/worker.cpp:7");
#line 8 "worker.cpp"
  EXPECT_EQ(place_of(mp::Location::current()), "worker.cpp:8");
#line 9 "/worker.cpp"
  EXPECT_EQ(place_of(mp::Location::current()), "worker.cpp:9");
  EXPECT_EQ(place_of(mp::Location()), "");
}

TEST(Letters, AreColouredOnlyOnDemand) {
  EXPECT_EQ(Painter(false).paint(Ink::red, "x"), "x");
  EXPECT_EQ(Painter(true).paint(Ink::red, "x"), "\033[1;31mx\033[0m");
  EXPECT_EQ(Painter(true).paint(Ink::plain, "x"), "x");
}

}  // namespace
}  // namespace heddle::text
