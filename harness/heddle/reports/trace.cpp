// See the header. Operations are complete events, arrows are flows from the end of the earlier to the later.
#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include <heddle/reports/trace.hpp>
#include <heddle/story/story.hpp>
#include <heddle/story/values.hpp>

namespace heddle {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t operations_max = 50'000;

class Trace {
 public:
  void add(const ReportItem& item, const Failure& failure) {
    const auto story = story::story_of(failure, operations_max);
    if (!story) return;
    std::map<std::string, std::size_t> processes;
    tracks_.clear();
    for (std::size_t lane = 0; lane < story->lanes.size(); ++lane) {
      const story::Lane& each = story->lanes[lane];
      const auto [at, is_new] = processes.emplace(each.process, processes_ + processes.size() + 1);
      tracks_.push_back({at->second, lane + 1});
      if (is_new) name("process_name", lane, fmt::format("{} ({})", each.process, item.scenario));
      name("thread_name", lane, each.thread.empty() ? "main" : each.thread);
    }
    processes_ += processes.size();
    for (const story::Operation& operation : story->operations) add(operation);
    for (const story::Arrow& arrow : story->arrows) add(*story, arrow);
  }

  Json take() { return {{"displayTimeUnit", "ms"}, {"traceEvents", std::move(events_)}}; }

 private:
  struct Track {
    std::size_t process = 0;
    std::size_t thread = 0;
  };

  Json event(const char* phase, const std::string& words, std::size_t lane, std::uint64_t step) const {
    return {{"ph", phase},
            {"name", words},
            {"pid", tracks_[lane].process},
            {"tid", tracks_[lane].thread},
            {"ts", step}};
  }
  void name(const char* what, std::size_t lane, const std::string& words) {
    Json made = event("M", what, lane, 0);
    made["args"] = {{"name", words}};
    events_.push_back(std::move(made));
  }
  void add(const story::Operation& operation) {
    Json made = event("X", operation.words, operation.lane, operation.begin);
    made["dur"] = operation.end - operation.begin + (operation.has_ended ? 0 : 1);
    made["cat"] = operation.kind.empty() ? "operation" : operation.kind;
    made["args"] = {
        {"result", operation.result}, {"party", operation.party > 0}, {"waited", operation.has_waited}};
    events_.push_back(std::move(made));
  }
  void add(const story::Story& story, const story::Arrow& arrow) {
    const story::Operation& from = story.operations[arrow.from];
    const story::Operation& to = story.operations[arrow.to];
    ++arrows_;
    for (const auto& [phase, operation] : {std::pair{"s", &from}, std::pair{"f", &to}}) {
      Json made = event(phase, std::string(arrow.why), operation->lane,
                        operation == &from ? operation->begin : operation->end);
      made["cat"] = "order";
      made["id"] = arrows_;
      if (operation == &to) made["bp"] = "e";
      events_.push_back(std::move(made));
    }
  }

  Json events_ = Json::array();
  std::vector<Track> tracks_;
  std::size_t processes_ = 0;
  std::size_t arrows_ = 0;
};

class TraceReport final : public Report {
 public:
  std::string render(const ReportRun& run) const override {
    Trace trace;
    for (const ReportItem& item : run.items)
      if (const auto* const failed = std::get_if<Failed>(&item.result.verdict))
        for (const Failure& failure : failed->failures) trace.add(item, failure);
    return story::written(trace.take()) + "\n";
  }
};

}  // namespace

std::unique_ptr<Report> make_trace_report() { return std::make_unique<TraceReport>(); }

}  // namespace heddle
