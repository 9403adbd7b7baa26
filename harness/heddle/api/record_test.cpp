// A program's words reach the session that is installed, and nothing breaks where there is none.
#include <gtest/gtest.h>

#include <heddle/api/heddle.hpp>
#include <string>
#include <vector>

namespace heddle {
namespace {

class Notebook final : public Session {
 public:
  void outcome(std::string_view text) override { lines.emplace_back(text); }
  void label(std::string_view name, LabelUse use) override {
    lines.push_back((use == LabelUse::reached ? "reached " : "must reach ") + std::string(name));
  }
  std::uint32_t choose(std::uint32_t count) override { return count - 1; }
  void fail(std::string_view words, mp::Location where) override {
    lines.push_back(std::string(words) + ":" + std::to_string(where.line()));
  }
  WatchId watch(const Statement& statement) override {
    const bool holds = statement.holds == nullptr || statement.holds(statement.of);
    lines.push_back(std::string(statement.name) + (holds ? " holds" : " does not hold"));
    return lines.size();
  }
  void unwatch(WatchId watch) override { lines.push_back("no more of " + std::to_string(watch)); }
  std::vector<std::string> lines;
};

TEST(Record, PassesOutcomesOn) {
  Notebook notebook;
  const SessionScope scope(&notebook);
  outcome("text");
  outcome(std::int64_t{-5});
  EXPECT_EQ(notebook.lines, (std::vector<std::string>{"text", "-5"}));
}

TEST(Record, PassesLabelsOn) {
  Notebook notebook;
  const SessionScope scope(&notebook);
  must_reach("the end");
  reached("the end");
  EXPECT_EQ(notebook.lines, (std::vector<std::string>{"must reach the end", "reached the end"}));
}

TEST(Record, AsksOnlyWhereThereIsAChoice) {
  Notebook notebook;
  const SessionScope scope(&notebook);
  EXPECT_EQ(choose(3), 2u);
  EXPECT_EQ(choose(1), 0u);
  EXPECT_EQ(choose(0), 0u);
}

TEST(Record, TellsOnlyOfChecksThatFail) {
  Notebook notebook;
  const SessionScope scope(&notebook);
  check(true, "fine");
  check(false, "wrong");
  EXPECT_EQ(notebook.lines, (std::vector<std::string>{"wrong:" + std::to_string(__LINE__ - 1)}));
}

TEST(Record, DoesTheObviousOutsideAHarness) {
  outcome("nobody listens");
  must_reach("nowhere");
  reached("nowhere");
  EXPECT_EQ(choose(7), 0u);
  check(true, "fine");
}

TEST(RecordDeathTest, EndsTheProgramOnAFailedCheckOutsideAHarness) {
  EXPECT_DEATH(check(false, "two is not three"), "two is not three");
}

}  // namespace
}  // namespace heddle
