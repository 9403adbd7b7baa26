// A report shows a result to somebody: a person, a CI system.
#pragma once

#include <string>

#include <heddle/core/verdict.hpp>

namespace heddle {

/// What a report needs to know besides the result.
struct ReportContext {
  std::string scenario;
  std::string replay_command;  // "heddle replay": the token follows
  std::size_t width = 100;     // columns of the terminal
  bool colour = false;
};

class Report {
 public:
  virtual ~Report() = default;
  virtual std::string render(const Result& result, const ReportContext& context) const = 0;
};

}  // namespace heddle
