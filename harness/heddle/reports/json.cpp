// See the header.
#include <nlohmann/json.hpp>

#include <heddle/reports/json.hpp>
#include <heddle/story/values.hpp>

namespace heddle {
namespace {

class JsonReport final : public Report {
 public:
  std::string render(const ReportRun& run) const override {
    return story::written(story::values_of(run), 2) + "\n";
  }
};

}  // namespace

std::unique_ptr<Report> make_json_report() { return std::make_unique<JsonReport>(); }

}  // namespace heddle
