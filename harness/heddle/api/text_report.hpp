// The text report of a result, for programs that print what they explored.
#pragma once

#include <heddle/core/report.hpp>
#include <string>

namespace heddle {

/// The report named `text` (docs/reference/reports.md).
std::string text_report(const Result& result, const ReportContext& context);

}  // namespace heddle
