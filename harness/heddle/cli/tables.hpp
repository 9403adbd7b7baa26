// The tables that a command line can show: scenarios, rules, strategies, worlds, reports.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <heddle/cli/request.hpp>
#include <heddle/core/scenario.hpp>

namespace heddle::cli {

std::string render_table(Table table, std::span<const Scenario> scenarios);

/// Left-aligned columns, two spaces between them; the first row is the heading. Rows have equally many cells.
std::string aligned(const std::vector<std::vector<std::string>>& rows);

/// "pipe-multi-reader with harm", several joined by commas; "nothing" for a correct program.
std::string expected_words(const Scenario& scenario);

}  // namespace heddle::cli
