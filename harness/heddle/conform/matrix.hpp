// Ports side by side: for each row of the contract that the suite pins, by primitive, what each port made of
// the cases that pin it.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/conform/port_report.hpp>

namespace heddle::conform {

/// The cases of one row and one port.
struct Cell {
  std::size_t passed = 0;
  std::size_t skipped = 0;
  std::vector<const CaseReport*> bad = {};       // failed or errored
  std::vector<const CaseReport*> observed = {};  // hazards that the port has
  std::size_t all() const { return passed + skipped + bad.size() + observed.size(); }
};

struct MatrixRow {
  std::string primitive;         // the folder of the cases: "queue"
  std::string row;               // "QUEUE-02"; "-": those that pin none
  char kind = ' ';               // C, Q or H
  std::vector<Cell> cells = {};  // by port
};

/// Refers to the reports.
std::vector<MatrixRow> matrix_of(std::span<const PortReport> ports);

std::string matrix_text(std::span<const PortReport> ports);
/// A page that needs nothing beside it; each cell of bad cases or hazards leads to their traces.
std::string matrix_html(std::span<const PortReport> ports);

/// Of one port, a line for each primitive.
std::string summary_text(const PortReport& report);

}  // namespace heddle::conform
