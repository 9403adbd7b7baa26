// The table of reports: a new one is a file, a row here and a row in docs/reference/reports.md.
#include <algorithm>
#include <array>

#include <heddle/reports/coverage.hpp>
#include <heddle/reports/github.hpp>
#include <heddle/reports/gitlab.hpp>
#include <heddle/reports/html.hpp>
#include <heddle/reports/json.hpp>
#include <heddle/reports/junit.hpp>
#include <heddle/reports/registry.hpp>
#include <heddle/reports/sarif.hpp>
#include <heddle/reports/shiviz.hpp>
#include <heddle/reports/text.hpp>
#include <heddle/reports/trace.hpp>

namespace heddle {
namespace {

constexpr std::array table{
    ReportRow{"text", "for people: the finding, its interleaving as a table, and the line to paste",
              &make_text_report},
    ReportRow{"coverage", "for people: how much was seen, and every order of operations that was or was not",
              &make_coverage_report},
    ReportRow{"html", "for people: one page to open, with a picture of each finding", &make_html_report},
    ReportRow{"json", "for programs: all there is to say, by a schema that is kept", &make_json_report},
    ReportRow{"junit", "for servers that show tests: a case for each scenario", &make_junit_report},
    ReportRow{"sarif", "for code scanning: a result for each finding, with its code flow",
              &make_sarif_report},
    ReportRow{"github", "for GitHub: annotations at source lines, printed in a workflow",
              &make_github_annotations},
    ReportRow{"github-summary", "for GitHub: Markdown for the step summary, with diagrams",
              &make_github_summary},
    ReportRow{"gitlab", "for GitLab: code quality issues", &make_gitlab_report},
    ReportRow{"trace", "for Perfetto and chrome://tracing: interleavings as trace events",
              &make_trace_report},
    ReportRow{"shiviz", "for ShiViz: the first finding as a log with vector clocks", &make_shiviz_report},
};

}  // namespace

std::span<const ReportRow> reports() { return table; }

const ReportRow* find_report(std::string_view name) {
  const auto found = std::ranges::find(table, name, &ReportRow::name);
  return found == table.end() ? nullptr : &*found;
}

}  // namespace heddle
