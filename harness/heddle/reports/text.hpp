// The report for people. For each finding: what and why, who took part, the interleaving as a table with a
// column per process, how much was tried, and as the last line the one to paste.
#pragma once

#include <memory>

#include <heddle/core/report.hpp>

namespace heddle {

std::unique_ptr<Report> make_text_report();

}  // namespace heddle
