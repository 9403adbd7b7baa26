// The matrix as a page. Without a script: what a bad cell leads to is shown when the address names it.
#include <fmt/format.h>

#include <set>

#include <heddle/conform/matrix.hpp>
#include <heddle/conform/trace_text.hpp>

namespace heddle::conform {
namespace {

constexpr std::string_view head = R"(<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Ports of multiprocessing</title><style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 80em; padding: 0 1em; color: #222; background: #fff }
table { border-collapse: collapse } th, td { padding: .2em .8em; text-align: left; border-bottom: 1px solid #ddd }
thead th { position: sticky; top: 0; background: #fff } td.good { background: #e6f4e6 } td.skipped { color: #666 }
td.bad { background: #fbe1df } td.hazard { background: #fdf0d0 } td.hazard a { color: #6b4a00 } td.bad a { color: #96140c; font-weight: 600 } pre { overflow-x: auto; background: #f6f6f6; padding: 1em }
section { display: none } section:target { display: block; border-top: 3px solid #96140c; margin-top: 2em }
@media (prefers-color-scheme: dark) { body, thead th { background: #181818; color: #ddd } td.good { background: #16311a }
td.hazard { background: #3d3010 } td.hazard a { color: #ffd98a }
td.bad { background: #4a1613 } td.bad a { color: #ffb4ac } pre { background: #222 } td.skipped { color: #999 } }
</style></head><body>
<h1>Ports of multiprocessing</h1>
<p>For each row of the contract: the cases of the suite that pin it. C binds, Q is a quirk, H a hazard that is told of and
held against nobody. A red cell leads to its traces, one of a hazard that was
observed, too.</p>
)";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    if (letter == '&')
      out += "&amp;";
    else if (letter == '<')
      out += "&lt;";
    else if (letter == '>')
      out += "&gt;";
    else if (letter == '"')
      out += "&quot;";
    else
      out += letter;
  }
  return out;
}

std::string anchor_of(std::size_t port, const MatrixRow& row) {
  return fmt::format("{}-{}-{}", port, row.primitive, row.row);
}

std::string html_of(const Cell& cell, const std::string& anchor) {
  if (cell.all() == 0) return "<td></td>";
  if (!cell.bad.empty())
    return fmt::format("<td class=\"bad\"><a href=\"#{}\">{} of {} failed</a></td>", escaped(anchor),
                       cell.bad.size(), cell.all() - cell.skipped);
  if (!cell.observed.empty())
    return fmt::format("<td class=\"hazard\"><a href=\"#{}\">{} of {} observed</a></td>", escaped(anchor),
                       cell.observed.size(), cell.all() - cell.skipped);
  if (cell.passed == 0) return "<td class=\"skipped\">skipped</td>";
  return fmt::format("<td class=\"good\">{} passed{}</td>", cell.passed,
                     cell.skipped == 0 ? "" : fmt::format(", {} skipped", cell.skipped));
}

std::string traces_of(const PortReport& port, const MatrixRow& row, const Cell& cell,
                      const std::string& anchor) {
  std::string html = fmt::format("<section id=\"{}\"><h2>{}: {} {}</h2>\n", escaped(anchor),
                                 escaped(name_of(port.port)), escaped(row.primitive), escaped(row.row));
  std::vector<const CaseReport*> shown = cell.bad;
  shown.insert(shown.end(), cell.observed.begin(), cell.observed.end());
  for (const CaseReport* const each : shown)
    html += fmt::format("<h3>{} ({})</h3>\n<p>{}</p>\n<pre>{}</pre>\n<pre>{}</pre>\n", escaped(each->id),
                        name_of(each->level), escaped(each->summary), escaped(trace_text(each->result)),
                        escaped(each->text));
  return html + "<p><a href=\"#\">Back to the table</a></p></section>\n";
}

std::string head_of(const PortReport& port) {
  const std::string name = escaped(name_of(port.port));
  const std::string linked = port.port.issues_url.starts_with("http")
                                 ? fmt::format("<a href=\"{}\">{}</a>", escaped(port.port.issues_url), name)
                                 : name;
  return fmt::format(
      "<th>{}<br><small>{}; {} passed, {} failed, {} errored, {} skipped, {} hazards observed</small></th>",
      linked, escaped(port.port.language), count(port, Status::passed), count(port, Status::failed),
      count(port, Status::errored), count(port, Status::skipped), count_observed(port));
}

}  // namespace

std::string matrix_html(std::span<const PortReport> ports) {
  std::string html(head);
  html += "<table><thead><tr><th>primitive</th><th>row</th><th>kind</th>";
  for (const PortReport& port : ports) html += head_of(port);
  html += "</tr></thead><tbody>\n";
  std::string traces;
  for (const MatrixRow& row : matrix_of(ports)) {
    html += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td>", escaped(row.primitive), escaped(row.row),
                        row.kind);
    for (std::size_t i = 0; i < ports.size(); ++i) {
      const std::string anchor = anchor_of(i, row);
      html += html_of(row.cells[i], anchor);
      if (!row.cells[i].bad.empty() || !row.cells[i].observed.empty())
        traces += traces_of(ports[i], row, row.cells[i], anchor);
    }
    html += "</tr>\n";
  }
  return html + "</tbody></table>\n" + traces + "</body></html>\n";
}

}  // namespace heddle::conform
