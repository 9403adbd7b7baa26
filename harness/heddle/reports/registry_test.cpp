// Every row of the table of reports can be used.
#include <gtest/gtest.h>

#include <set>

#include <heddle/reports/registry.hpp>
#include <heddle/trial/reported_run.hpp>

namespace heddle {
namespace {

TEST(ReportRegistry, NamesEachReportOnce) {
  std::set<std::string_view> names;
  for (const ReportRow& row : reports()) EXPECT_TRUE(names.insert(row.name).second) << row.name;
  EXPECT_FALSE(names.empty());
}

TEST(ReportRegistry, MakesEachReport) {
  for (const ReportRow& row : reports())
    EXPECT_FALSE(row.make()->render(trial::reported_run()).empty()) << row.name;
}

TEST(ReportRegistry, FindsByNameOnly) {
  EXPECT_NE(find_report("text"), nullptr);
  EXPECT_EQ(find_report("tex"), nullptr);
}

}  // namespace
}  // namespace heddle
