// Reads a program's text (docs/reference/program-text.md). Only the form is judged here: whether names and
// operations exist is plan.hpp's question.
#pragma once

#include <string_view>

#include <heddle/core/error.hpp>
#include <heddle/programs/program.hpp>

namespace heddle::programs {

/// Error program-malformed: the first thing that is wrong, as file:line:column, what was found and what was
/// expected. `file`: for those words only.
Expected<Program> parse(std::string_view text, std::string_view file);

/// Reads and parses a file. Error program-unreadable: it cannot be read, or is larger than a mebibyte.
Expected<Program> parse_file(const std::string& file);

}  // namespace heddle::programs
