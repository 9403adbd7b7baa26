// What every command is given: the scenarios, where output goes, and whether to finish up.
#pragma once

#include <chrono>
#include <functional>
#include <span>
#include <string>

#include <heddle/cli/lines.hpp>
#include <heddle/cli/output.hpp>
#include <heddle/cli/status.hpp>
#include <heddle/cli/terminal.hpp>
#include <heddle/core/scenario.hpp>
#include <heddle/core/suppressions.hpp>

namespace heddle::cli {

struct Context {
  std::span<const Scenario> scenarios;
  std::string replay_command;  // "heddle replay"
  Terminal terminal;           // of the output
  Output& output;
  Status& status;
  std::function<bool()> is_interrupted;
  std::function<double()> seconds;  // since some start
  std::string regressions = {};     // the binary's own folder of tapes; empty: it has none
  Date today = {};                  // decides which suppressions have expired
  std::string command = "heddle";   // as it was typed, for reports
  std::chrono::sys_seconds began = {};
  std::string root = {};  // the folder that reports tell sources relative to
  /// Told what is no part of a result, a line at a time; may be empty.
  std::function<void(const std::string& line)> remark = {};
  Lines* lines = nullptr;  // takes the place of text, which the output then drops; nullptr: text it is
};

/// Error scenario-unknown (exit code 5) with the names that are near.
Expected<const Scenario*> find_scenario(std::span<const Scenario> scenarios, std::string_view name);

}  // namespace heddle::cli
