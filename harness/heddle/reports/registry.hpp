// The reports heddle can make, by the names users give them.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include <heddle/core/report.hpp>

namespace heddle {

struct ReportRow {
  std::string_view name;
  std::string_view summary;  // one line, the same words as docs/reference/reports.md
  std::unique_ptr<Report> (*make)();
};

std::span<const ReportRow> reports();

/// The row of a name; nullptr when there is none.
const ReportRow* find_report(std::string_view name);

}  // namespace heddle
