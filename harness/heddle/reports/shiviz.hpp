// The report for ShiViz: a log of events with vector clocks, which it draws as a space-time diagram. Its
// regular expression is (?<host>\S+) (?<clock>{.*})\n(?<event>.*).
#pragma once

#include <memory>

#include <heddle/core/report.hpp>

namespace heddle {

std::unique_ptr<Report> make_shiviz_report();

}  // namespace heddle
