// See the header. An issue must have a place: one without a party in the program's sources is told of line 1
// of its scenario's name.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include <heddle/reports/gitlab.hpp>
#include <heddle/story/values.hpp>

namespace heddle {
namespace {

using Json = nlohmann::ordered_json;

Json issue(const ReportRun& run, const ReportItem& item, const Failure& failure) {
  const Finding& finding = failure.finding;
  std::string path = item.scenario;
  std::uint32_t line = 1;
  for (const Party& party : finding.parties)
    if (party.where.line() > 0) {
      path = file_of(run.root, party.where);
      line = party.where.line();
    }
  return {{"description", fmt::format("{}: {}", item.scenario, finding.sentence)},
          {"check_name", finding.rule},
          {"fingerprint", fingerprint_of(run.root, item.scenario, finding)},
          {"severity", finding.severity == Severity::error ? "major" : "minor"},
          {"location", {{"path", path}, {"lines", {{"begin", line}}}}}};
}

class GitlabReport final : public Report {
 public:
  std::string render(const ReportRun& run) const override {
    Json issues = Json::array();
    for (const ReportItem& item : run.items)
      for (const Failure* failure : alarms_of(item)) issues.push_back(issue(run, item, *failure));
    return story::written(issues, 2) + "\n";
  }
};

}  // namespace

std::unique_ptr<Report> make_gitlab_report() { return std::make_unique<GitlabReport>(); }

}  // namespace heddle
