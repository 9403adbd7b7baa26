// The matrix, and as text.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include <heddle/conform/matrix.hpp>
#include <heddle/conform/suite.hpp>

namespace heddle::conform {
namespace {

void add(Cell& cell, const CaseReport& each) {
  if (each.result.status == Status::passed)
    ++cell.passed;
  else if (each.result.status == Status::skipped)
    ++cell.skipped;
  else
    (is_bad(each) ? cell.bad : cell.observed).push_back(&each);
}

std::string words_of(const Cell& cell) {
  if (cell.all() == 0) return "";
  if (!cell.bad.empty()) return fmt::format("{} of {} FAILED", cell.bad.size(), cell.all() - cell.skipped);
  if (!cell.observed.empty())
    return fmt::format("{} of {} observed", cell.observed.size(), cell.all() - cell.skipped);
  if (cell.passed == 0) return "skipped";
  return cell.skipped == 0 ? fmt::format("{} passed", cell.passed)
                           : fmt::format("{} passed, {} skipped", cell.passed, cell.skipped);
}

/// By status, then the hazards observed.
using Counts = std::array<std::size_t, 5>;

std::string line_of(std::string_view name, const Counts& counts) {
  return fmt::format("{:<20} {:>7} {:>7} {:>8} {:>8} {:>9}\n", name, counts[0], counts[1], counts[2],
                     counts[3], counts[4]);
}

}  // namespace

std::vector<MatrixRow> matrix_of(std::span<const PortReport> ports) {
  std::map<std::pair<std::string, std::string>, std::vector<Cell>> cells;
  for (std::size_t i = 0; i < ports.size(); ++i)
    for (const CaseReport& each : ports[i].cases) {
      const std::vector<std::string> none{"-"};
      for (const std::string& row : each.rows.empty() ? none : each.rows) {
        std::vector<Cell>& of_ports = cells[{std::string(primitive_of(each.id)), row}];
        of_ports.resize(ports.size());
        add(of_ports[i], each);
      }
    }
  std::vector<MatrixRow> matrix;
  for (auto& [place, of_ports] : cells)
    matrix.push_back({.primitive = place.first,
                      .row = place.second,
                      .kind = kind_of_row(place.second),
                      .cells = std::move(of_ports)});
  return matrix;
}

std::string matrix_text(std::span<const PortReport> ports) {
  std::string text = fmt::format("{:<18} {:<10} {:<4}", "primitive", "row", "kind");
  for (const PortReport& port : ports) text += fmt::format("  {:<30}", name_of(port.port));
  while (text.ends_with(' ')) text.pop_back();
  text += "\n";
  for (const MatrixRow& row : matrix_of(ports)) {
    std::string line = fmt::format("{:<18} {:<10} {:<4}", row.primitive, row.row, row.kind);
    for (const Cell& cell : row.cells) line += fmt::format("  {:<30}", words_of(cell));
    while (line.ends_with(' ')) line.pop_back();
    text += line + "\n";
  }
  return text;
}

std::string summary_text(const PortReport& report) {
  std::map<std::string_view, Counts> primitives;
  Counts all{};
  for (const CaseReport& each : report.cases) {
    const std::size_t column = is_observed(each) ? 4 : static_cast<std::size_t>(each.result.status);
    ++primitives[primitive_of(each.id)][column];
    ++all[column];
  }
  std::string text = fmt::format("{:<20} {:>7} {:>7} {:>8} {:>8} {:>9}\n", "primitive", "passed", "failed",
                                 "errored", "skipped", "observed");
  for (const auto& [primitive, counts] : primitives) text += line_of(primitive, counts);
  return text + line_of("all", all);
}

}  // namespace heddle::conform
