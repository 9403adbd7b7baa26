// A run as JSON values: what `--report json` writes, what a page shows, and what a reader of another
// program's is promised (docs/reference/report-schema.json). Text that is no UTF-8 has its strange bytes
// replaced when it is written.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include <heddle/core/report.hpp>

namespace heddle::story {

/// Grows when something is taken away or changes its meaning; more may be added under the same number.
inline constexpr int format_version = 1;

nlohmann::ordered_json values_of(const ReportRun& run);
nlohmann::ordered_json values_of(const ReportRun& run, const ReportItem& item);

/// On one line, or indented by so many spaces.
std::string written(const nlohmann::ordered_json& values, int indent = -1);

}  // namespace heddle::story
