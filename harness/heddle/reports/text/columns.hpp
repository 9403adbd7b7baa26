// Lays a history out as a table that fits a width: a column per process where they fit, otherwise one
// column that names the process. A row's mark says that it continues the row above (nothing) or that
// another task runs now (>); parties of the finding have an exclamation mark in the margin.
#pragma once

#include <string>

#include <heddle/reports/text/history.hpp>
#include <heddle/reports/text/letters.hpp>

namespace heddle::text {

/// Lines that end in line breaks and not in space. None is wider than `width`, if that is at least 40.
std::string table_of(const History& history, std::size_t width, const Painter& painter);

}  // namespace heddle::text
