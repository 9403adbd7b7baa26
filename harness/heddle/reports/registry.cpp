// The table of reports: a new one is a file, a row here and a row in docs/reference/reports.md.
#include <algorithm>
#include <array>

#include <heddle/reports/coverage.hpp>
#include <heddle/reports/registry.hpp>
#include <heddle/reports/text.hpp>

namespace heddle {
namespace {

constexpr std::array table{
    ReportRow{"text", "for people: the finding, its interleaving as a table, and the line to paste",
              &make_text_report},
    ReportRow{"coverage", "for people: how much was seen, and every order of operations that was or was not",
              &make_coverage_report},
};

}  // namespace

std::span<const ReportRow> reports() { return table; }

const ReportRow* find_report(std::string_view name) {
  const auto found = std::ranges::find(table, name, &ReportRow::name);
  return found == table.end() ? nullptr : &*found;
}

}  // namespace heddle
