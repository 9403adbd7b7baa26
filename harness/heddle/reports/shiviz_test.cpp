// Two lines for each event, and clocks that grow by one on their own host.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include <heddle/reports/shiviz.hpp>
#include <heddle/trial/reported_run.hpp>

namespace heddle {
namespace {

TEST(ShivizReport, CountsEachHostsEvents) {
  std::istringstream log(make_shiviz_report()->render(trial::reported_run()));
  std::map<std::string, int> events;
  std::string host_and_clock;
  std::string event;
  while (std::getline(log, host_and_clock) && std::getline(log, event)) {
    const std::string host = host_and_clock.substr(0, host_and_clock.find(' '));
    const auto clock = nlohmann::json::parse(host_and_clock.substr(host.size() + 1));
    EXPECT_EQ(clock.at(host).get<int>(), ++events[host]) << event;
  }
  EXPECT_EQ(events.size(), 3U);
}

TEST(ShivizReport, KnowsOfAStartInTheStartedTask) {
  const std::string log = make_shiviz_report()->render(trial::reported_run());
  const std::size_t first = log.find("\nmain/first {");
  ASSERT_NE(first, std::string::npos) << log;
  EXPECT_NE(log.substr(first, log.find('}', first) - first).find("\"main\":"), std::string::npos) << log;
}

TEST(ShivizReport, IsEmptyOfNothing) { EXPECT_EQ(make_shiviz_report()->render({}), ""); }

}  // namespace
}  // namespace heddle
