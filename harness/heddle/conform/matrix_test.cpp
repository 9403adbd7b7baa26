// Reports of ports: values that are written and read again, and what they are shown as.
#include <gtest/gtest.h>

#include <heddle/conform/matrix.hpp>
#include <pugixml.hpp>
#include <vector>

namespace heddle::conform {
namespace {

CaseReport case_report(std::string id, std::vector<std::string> rows, Status status) {
  return {.id = id,
          .summary = "<it>",
          .rows = std::move(rows),
          .level = Level::required,
          .text = "program",
          .result = {.id = id, .status = status, .message = "a & b", .executions = 1, .seconds = 0.5}};
}

PortReport some_report() {
  PortReport report{.suite = "heddle",
                    .port = {.implementation = "mine", .version = "1", .language = "C"},
                    .seconds = 2,
                    .restarts = 1};
  report.cases = {case_report("queue/1", {"QUEUE-01"}, Status::passed),
                  case_report("queue/2", {"QUEUE-01", "QUEUE-27"}, Status::failed),
                  case_report("lock/1", {}, Status::skipped)};
  report.cases[1].result.trace = {{.process = "main", .call = "q.get()", .line = 4},
                                  {.process = "w",
                                   .call = "q.put(1)",
                                   .line = 6,
                                   .state = Exchange::State::returned,
                                   .result = "None",
                                   .came_after = 2,
                                   .seconds = 0.1}};
  report.cases[1].result.again = "heddle conform --only queue/2 --order main,w";
  return report;
}

TEST(PortReport, IsReadAsItWasWritten) {
  const auto read = port_report_in(json_text(some_report()), "f");
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(*read, some_report());
  EXPECT_EQ(port_report_in("{}", "f").error().code, "result-malformed");
}

TEST(PortReport, OnlyWhatIsRequiredBreaksAPromise) {
  PortReport report = some_report();
  EXPECT_TRUE(breaks_a_promise(report));
  report.cases[1].level = Level::hazard;
  EXPECT_FALSE(breaks_a_promise(report));
}

TEST(PortReport, AHazardThatWasObservedIsNoFailure) {
  std::vector<PortReport> ports{some_report()};
  PortReport& report = ports[0];
  report.cases[1].level = Level::hazard;
  EXPECT_EQ(count(report, Status::failed), 0U);
  EXPECT_EQ(count_observed(report), 1U);
  const auto matrix = matrix_of(ports);
  EXPECT_EQ(matrix[2].row, "QUEUE-27");
  EXPECT_EQ(matrix[2].cells[0].bad.size(), 0U);
  EXPECT_EQ(matrix[2].cells[0].observed.size(), 1U);
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(junit_text(report).c_str()));
  const auto suite = document.child("testsuites").find_child_by_attribute("name", "queue");
  EXPECT_EQ(suite.attribute("failures").as_int(), 0);
  EXPECT_EQ(suite.attribute("skipped").as_int(), 1);
}

TEST(Matrix, HasEachRowOnceAndAllPorts) {
  const std::vector<PortReport> ports{some_report(), {}};
  const auto matrix = matrix_of(ports);
  ASSERT_EQ(matrix.size(), 3U);
  EXPECT_EQ(matrix[0].row, "-");
  EXPECT_EQ(matrix[0].cells[0].skipped, 1U);
  EXPECT_EQ(matrix[1].row, "QUEUE-01");
  EXPECT_EQ(matrix[1].kind, 'C');
  EXPECT_EQ(matrix[1].cells[0].passed, 1U);
  EXPECT_EQ(matrix[1].cells[0].bad, (std::vector<const CaseReport*>{&ports[0].cases[1]}));
  EXPECT_EQ(matrix[1].cells[1].all(), 0U);
  EXPECT_EQ(matrix[2].kind, 'H');
}

TEST(Matrix, EveryBadCellOfThePageLeadsToItsTrace) {
  const std::vector<PortReport> ports{some_report()};
  const std::string page = matrix_html(ports);
  EXPECT_NE(page.find("href=\"#0-queue-QUEUE-01\""), std::string::npos);
  EXPECT_NE(page.find("id=\"0-queue-QUEUE-01\""), std::string::npos);
  EXPECT_NE(page.find("a &amp; b"), std::string::npos);
  EXPECT_NE(page.find("\nagain: heddle conform --only queue/2 --order main,w\n</pre>"), std::string::npos);
  EXPECT_EQ(page.find("<it>"), std::string::npos);
}

TEST(PortJunit, CountsWhatItHolds) {
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(junit_text(some_report()).c_str()));
  const auto suite = document.child("testsuites").find_child_by_attribute("name", "queue");
  EXPECT_EQ(suite.attribute("tests").as_int(), 2);
  EXPECT_EQ(suite.attribute("failures").as_int(), 1);
  EXPECT_EQ(std::string(suite.select_node("testcase/failure").node().attribute("message").value()), "a & b");
}

}  // namespace
}  // namespace heddle::conform
