// See the header.
#include <heddle/api/text_report.hpp>
#include <heddle/core/report.hpp>
#include <heddle/reports/registry.hpp>

namespace heddle {

std::string text_report(const Result& result, const ReportContext& context) {
  ReportRun run{.width = context.width, .colour = context.colour};
  run.items.push_back(
      {.scenario = context.scenario, .replay_command = context.replay_command, .result = result});
  return find_report("text")->make()->render(run);
}

}  // namespace heddle
