// See the header.
#include <heddle/cli/shard.hpp>
#include <heddle/cli/test_runner.hpp>
#include <heddle/results/whole_file.hpp>

namespace heddle::cli {
namespace {

std::string value_of(const char* name, const Environment& environment) {
  const char* const value = environment(name);
  return value == nullptr ? "" : value;
}

void add_report(JudgeScenarios& asked, const char* name, const std::string& file) {
  const ReportAsked report{.name = name, .file = file};
  if (std::ranges::find(asked.reports, report) == asked.reports.end()) asked.reports.push_back(report);
}

}  // namespace

Expected<JudgeScenarios> heeding_test_runner(JudgeScenarios asked, const Environment& environment) {
  if (const std::string file = value_of("XML_OUTPUT_FILE", environment); !file.empty())
    add_report(asked, "junit", file);
  if (const std::string folder = value_of("TEST_UNDECLARED_OUTPUTS_DIR", environment); !folder.empty())
    add_report(asked, "html", folder + "/heddle.html");
  if (asked.scenarios.empty()) asked.only = value_of("TESTBRIDGE_TEST_ONLY", environment);
  if (asked.shard.count > 1 || value_of("TEST_TOTAL_SHARDS", environment).empty()) return asked;
  const auto shard = shard_of("auto", environment);
  if (!shard) return tl::unexpected(shard.error());
  asked.shard = *shard;
  if (const std::string file = value_of("TEST_SHARD_STATUS_FILE", environment); !file.empty())
    if (const auto made = results::write_whole(file, ""); !made) return tl::unexpected(made.error());
  return asked;
}

std::string line_for_ctest(const Environment& environment) {
  return environment("DASHBOARD_TEST_FROM_CTEST") == nullptr ? "" : "CTEST_FULL_OUTPUT\n";
}

}  // namespace heddle::cli
