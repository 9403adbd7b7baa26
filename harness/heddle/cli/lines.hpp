// What a command does as JSON lines on standard output, for a program that watches it
// (docs/reference/lines.md): `begin`, then `progress`, `finding`, `test` and `note` as they come, at last
// `end`. A test and its findings have the values of the JSON report, without the pictures.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include <heddle/cli/output.hpp>
#include <heddle/core/error.hpp>
#include <heddle/core/report.hpp>
#include <heddle/engine/parts.hpp>

namespace heddle::cli {

class Lines {
 public:
  /// `seconds` tells the time since some start; sources are told relative to `root`. The output stays the
  /// caller's.
  Lines(Output& output, std::function<double()> seconds, std::string root);

  /// The command as it was typed.
  void begin(const std::string& command);
  /// Not more often than once a second. No interleavings at all: their number is not known, and left out.
  void progress(const std::string& scenario, const Progress& progress, const Budget& budget);
  /// One exploration: a line for each of its findings, then one for itself.
  void test(const ReportItem& item);
  /// What is no part of a result.
  void note(const std::string& text);
  void error(const Error& error);
  /// The last line. The number is the process's exit code.
  void end(ExitCode code);

 private:
  void write(const char* kind, const nlohmann::ordered_json& values);

  Output& output_;
  const std::function<double()> seconds_;
  const std::string root_;
  double progressed_at_ = 0;
  std::size_t tests_ = 0;
  std::size_t not_ok_ = 0;
  std::size_t findings_ = 0;
};

}  // namespace heddle::cli
