// Tables fit their width and show who runs.
#include <gtest/gtest.h>

#include <sstream>

#include <heddle/reports/text/columns.hpp>

namespace heddle::text {
namespace {

History history(std::size_t processes, const std::string& words) {
  History made;
  for (std::size_t index = 0; index < processes; ++index) {
    made.columns.push_back("worker-" + std::to_string(index));
    made.rows.push_back(
        {.step = index, .column = index, .task = static_cast<TaskIndex>(index), .words = words});
  }
  return made;
}

std::vector<std::string> lines_of(const History& of, std::size_t width) {
  std::istringstream table(table_of(of, width, Painter(false)));
  std::vector<std::string> lines;
  for (std::string line; std::getline(table, line);) lines.push_back(line);
  return lines;
}

TEST(Columns, PutEachProcessIntoItsOwn) {
  const auto lines = lines_of(history(2, "x.put(1)"), 100);
  ASSERT_EQ(lines.size(), 4u);
  EXPECT_EQ(lines[2], "     0 | > x.put(1)");
  EXPECT_EQ(lines[3], "     1 |            | > x.put(1)");
}

TEST(Columns, MarkOnlySwitches) {
  History of = history(1, "x.put(1)");
  of.rows.push_back(of.rows[0]);
  EXPECT_EQ(lines_of(of, 100)[3], "     0 |   x.put(1)");
}

TEST(Columns, NeverExceedTheWidth) {
  for (const std::size_t processes : {1u, 3u, 5u, 12u, 40u})
    for (const std::size_t width : {40u, 60u, 100u, 200u})
      for (const std::string& line : lines_of(history(processes, std::string(50, 'w')), width))
        EXPECT_LE(width_of(line), width) << processes << " processes";
}

TEST(Columns, BecomeAListWhenThereAreTooMany) {
  const auto lines = lines_of(history(12, "x.put(1)"), 80);
  EXPECT_NE(lines[0].find("operation"), std::string::npos);
  EXPECT_EQ(lines[2], "     0 | > worker-0  |   x.put(1)");
}

TEST(Columns, EndNoLineInSpace) {
  History of = history(3, "x.put(1)");
  of.columns[2] = "";
  for (const std::string& line : lines_of(of, 100)) EXPECT_NE(line.back(), ' ');
}

TEST(Columns, MarkThePartiesInTheMargin) {
  History of = history(1, "x.put(1)");
  of.rows[0].is_party = true;
  EXPECT_EQ(lines_of(of, 100)[2], "!    0 | > x.put(1)");
}

TEST(Columns, AreThereWithoutRows) { EXPECT_EQ(lines_of(History{}, 40).size(), 2u); }

}  // namespace
}  // namespace heddle::text
