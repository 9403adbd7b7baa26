// Colour and width follow the terminal unless the environment says otherwise.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include <heddle/cli/terminal.hpp>

namespace heddle::cli {
namespace {

Terminal terminal(bool is_terminal, std::size_t columns,
                  const std::map<std::string, const char*>& variables = {}) {
  return terminal_of(is_terminal, columns, [&](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second;
  });
}

TEST(Terminal, ShowsColourToPeople) {
  EXPECT_TRUE(terminal(true, 80).colour);
  EXPECT_FALSE(terminal(false, 80).colour);
  EXPECT_FALSE(terminal(true, 80, {{"TERM", "dumb"}}).colour);
}

TEST(Terminal, ShowsNoneWithNoColor) {
  EXPECT_FALSE(terminal(true, 80, {{"NO_COLOR", "1"}}).colour);
  EXPECT_FALSE(terminal(true, 80, {{"NO_COLOR", "1"}, {"CLICOLOR_FORCE", "1"}}).colour);
  EXPECT_TRUE(terminal(true, 80, {{"NO_COLOR", ""}}).colour);
}

TEST(Terminal, ShowsItAnywhereWithClicolorForce) {
  EXPECT_TRUE(terminal(false, 80, {{"CLICOLOR_FORCE", "1"}}).colour);
  EXPECT_FALSE(terminal(false, 80, {{"CLICOLOR_FORCE", "0"}}).colour);
}

TEST(Terminal, RewritesLinesForPeopleOnly) {
  EXPECT_TRUE(terminal(true, 80).is_live);
  EXPECT_FALSE(terminal(false, 80, {{"CLICOLOR_FORCE", "1"}}).is_live);
}

TEST(Terminal, IsAsWideAsItSays) {
  EXPECT_EQ(terminal(true, 80).width, 80u);
  EXPECT_EQ(terminal(true, 80, {{"COLUMNS", "120"}}).width, 120u);
  EXPECT_EQ(terminal(true, 80, {{"COLUMNS", "wide"}}).width, 80u);
  EXPECT_EQ(terminal(false, 0).width, 100u);
  EXPECT_EQ(terminal(true, 3).width, 100u);
}

}  // namespace
}  // namespace heddle::cli
