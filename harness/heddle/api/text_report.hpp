// The text report of a result, for programs that print what they explored.
#pragma once

#include <cstddef>
#include <string>

#include <heddle/core/verdict.hpp>

namespace heddle {

/// What the report needs to know besides the result.
struct ReportContext {
  std::string scenario;
  std::string replay_command;  // "heddle replay": the token follows; empty: nothing runs it again
  std::size_t width = 100;     // columns of the terminal
  bool colour = false;
};

/// The report named `text` (docs/reference/reports.md).
std::string text_report(const Result& result, const ReportContext& context);

}  // namespace heddle
