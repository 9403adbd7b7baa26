// See the header. Clocks follow the story's arrows: an operation knows all that the operations knew from
// which an arrow leads to it. Only the first finding of the run is told, for a log is of one execution.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include <heddle/reports/shiviz.hpp>
#include <heddle/story/story.hpp>
#include <heddle/story/values.hpp>

namespace heddle {
namespace {

constexpr std::size_t operations_max = 5'000;

using VectorClock = std::vector<std::uint64_t>;  // by lane

/// A host has no spaces.
std::string host_of(const story::Lane& lane) {
  std::string name = story::name_of(lane);
  std::ranges::replace(name, ' ', '_');
  return name;
}

std::string written(const VectorClock& clock, const story::Story& story) {
  nlohmann::ordered_json values = nlohmann::ordered_json::object();
  for (std::size_t lane = 0; lane < clock.size(); ++lane)
    if (clock[lane] > 0) values[host_of(story.lanes[lane])] = clock[lane];
  return story::written(values);
}

std::string log_of(const story::Story& story) {
  std::vector<VectorClock> of_lane(story.lanes.size(), VectorClock(story.lanes.size()));
  std::map<std::size_t, VectorClock> of_operation;
  std::string log;
  for (std::size_t index = 0; index < story.operations.size(); ++index) {
    const story::Operation& operation = story.operations[index];
    VectorClock& mine = of_lane[operation.lane];
    for (const story::Arrow& arrow : story.arrows)
      if (arrow.to == index && of_operation.contains(arrow.from))
        std::ranges::transform(mine, of_operation[arrow.from], mine.begin(),
                               [](std::uint64_t one, std::uint64_t other) { return std::max(one, other); });
    ++mine[operation.lane];
    of_operation[index] = mine;
    std::string words = operation.words + (operation.result.empty() ? "" : " -> " + operation.result);
    std::ranges::replace(words, '\n', ' ');
    log += fmt::format("{} {}\n{}\n", host_of(story.lanes[operation.lane]), written(mine, story), words);
  }
  return log;
}

class ShivizReport final : public Report {
 public:
  std::string render(const ReportRun& run) const override {
    for (const ReportItem& item : run.items)
      if (const auto* const failed = std::get_if<Failed>(&item.result.verdict))
        if (const auto story = story::story_of(failed->failures[0], operations_max)) return log_of(*story);
    return "";
  }
};

}  // namespace

std::unique_ptr<Report> make_shiviz_report() { return std::make_unique<ShivizReport>(); }

}  // namespace heddle
