// Events that a trace viewer can place: on named tracks, and with flows that have both ends.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include <heddle/reports/trace.hpp>
#include <heddle/trial/reported_run.hpp>

namespace heddle {
namespace {

nlohmann::json events() {
  return nlohmann::json::parse(make_trace_report()->render(trial::reported_run())).at("traceEvents");
}

TEST(TraceReport, NamesEachTrackThatHasEvents) {
  std::set<std::pair<int, int>> named;
  std::set<std::pair<int, int>> used;
  for (const auto& event : events()) {
    const std::pair track(event.at("pid").get<int>(), event.at("tid").get<int>());
    if (event.at("name") == "thread_name") named.insert(track);
    if (event.at("ph") == "X") used.insert(track);
  }
  EXPECT_FALSE(used.empty());
  EXPECT_EQ(used, named);
}

TEST(TraceReport, GivesEachFlowTwoEnds) {
  std::map<int, std::string> ends;
  for (const auto& event : events())
    if (event.contains("id")) ends[event["id"].get<int>()] += event.at("ph").get<std::string>();
  EXPECT_FALSE(ends.empty());
  for (const auto& [id, phases] : ends) EXPECT_EQ(phases, "sf") << id;
}

}  // namespace
}  // namespace heddle
