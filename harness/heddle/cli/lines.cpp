// See the header.
#include <nlohmann/json.hpp>

#include <heddle/api/progress.hpp>
#include <heddle/cli/lines.hpp>
#include <heddle/core/version.hpp>
#include <heddle/story/values.hpp>

namespace heddle::cli {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* schema = "heddle-lines/1";
constexpr double interval = 1;  // seconds between two lines of progress

const char* meaning_of(ExitCode code) {
  switch (code) {
    case ExitCode::clean:
      return "clean";
    case ExitCode::findings:
      return "findings";
    case ExitCode::inconclusive:
      return "inconclusive";
    case ExitCode::internal:
      return "internal";
    case ExitCode::usage:
      return "usage";
    case ExitCode::nothing:
      return "nothing selected";
  }
  return "unknown";
}

}  // namespace

Lines::Lines(Output& output, std::function<double()> seconds, std::string root)
    : output_(output), seconds_(std::move(seconds)), root_(std::move(root)), progressed_at_(seconds_()) {}

void Lines::begin(const std::string& command) { write("begin", {{"heddle", version}, {"command", command}}); }

void Lines::progress(const std::string& scenario, const Progress& progress, const Budget& budget) {
  const double now = seconds_();
  if (now - progressed_at_ < interval) return;
  progressed_at_ = now;
  Json values{{"scenario", scenario},
              {"executions", progress.executions},
              {"findings", progress.findings},
              {"seconds", progress.seconds}};
  if (progress.interleavings > 0) values["interleavings"] = progress.interleavings;
  if (const auto left = seconds_left(progress, budget)) values["seconds_left"] = *left;
  write("progress", values);
}

void Lines::test(const ReportItem& item) {
  Json values = story::values_of(ReportRun{.root = root_}, item);
  for (Json& finding : values["findings"]) {
    Json told{{"scenario", item.scenario}};
    finding.erase("story");
    told.update(finding);
    write("finding", told);
  }
  ++tests_;
  not_ok_ += values["ok"].get<bool>() ? 0 : 1;
  findings_ += values["findings"].size();
  values["findings"] = values["findings"].size();
  write("test", values);
}

void Lines::note(const std::string& text) { write("note", {{"text", text}}); }

void Lines::error(const Error& error) {
  write("error", {{"code", error.code}, {"what", error.what}, {"hint", error.hint}});
}

void Lines::end(ExitCode code) {
  write("end", {{"exit", static_cast<int>(code)},
                {"meaning", meaning_of(code)},
                {"tests", tests_},
                {"not_ok", not_ok_},
                {"findings", findings_}});
}

void Lines::write(const char* kind, const Json& values) {
  Json line{{"schema", schema}, {"kind", kind}};
  line.update(values);
  output_.write(story::written(line) + "\n");
}

}  // namespace heddle::cli
