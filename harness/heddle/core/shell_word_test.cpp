// A shell reads a word as what it was made of.
#include <gtest/gtest.h>

#include <heddle/core/shell_word.hpp>

namespace heddle {
namespace {

TEST(ShellWord, IsLeftAloneWhereNothingInItHasAMeaning) {
  EXPECT_EQ(shell_word("build/known-ones.txt"), "build/known-ones.txt");
}

TEST(ShellWord, IsQuotedWhereSomethingHas) {
  EXPECT_EQ(shell_word("two words"), "'two words'");
  EXPECT_EQ(shell_word("$HOME"), "'$HOME'");
  EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
  EXPECT_EQ(shell_word(""), "''");
}

}  // namespace
}  // namespace heddle
