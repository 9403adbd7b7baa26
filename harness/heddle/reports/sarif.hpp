// The report for code scanning: SARIF 2.1.0 (OASIS). A result per finding that was not declared, with its
// rule's help, a code flow in which each process is a thread flow, and the line that replays it.
#pragma once

#include <memory>

#include <heddle/core/report.hpp>

namespace heddle {

std::unique_ptr<Report> make_sarif_report();

}  // namespace heddle
