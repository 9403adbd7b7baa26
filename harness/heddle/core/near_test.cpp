// Mistyped names find what was meant.
#include <gtest/gtest.h>

#include <heddle/core/near.hpp>

namespace heddle {
namespace {

using Names = std::vector<std::string_view>;
const Names scenarios{"tutorial/pipe-eof", "tutorial/pipe-two-readers", "tutorial/queue-basics", "zoo/ring"};

TEST(Near, CountsEdits) {
  EXPECT_EQ(edits_between("", "abc"), 3u);
  EXPECT_EQ(edits_between("kitten", "sitting"), 3u);
  EXPECT_EQ(edits_between("same", "same"), 0u);
}

TEST(Near, FindsAPartOfAName) {
  EXPECT_EQ(names_near("pipe", scenarios), (Names{"tutorial/pipe-eof", "tutorial/pipe-two-readers"}));
}

TEST(Near, FindsAMistypedLastPart) {
  EXPECT_EQ(names_near("queue-basisc", scenarios), (Names{"tutorial/queue-basics"}));
}

TEST(Near, FindsNothingForSomethingElse) { EXPECT_TRUE(names_near("xylophone", scenarios).empty()); }

TEST(Near, ShowsAtMostFive) {
  const Names many{"a1", "a2", "a3", "a4", "a5", "a6", "a7"};
  EXPECT_EQ(names_near("a", many).size(), 5u);
}

TEST(Near, FallsBackToTheGeneralHint) { EXPECT_EQ(near_hint("xylophone", scenarios, "look"), "look"); }

}  // namespace
}  // namespace heddle
