// A report shows what was explored to somebody: a person, a CI system. It is given all that a command has
// explored at once, as values, and makes one text of it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <heddle/core/verdict.hpp>

namespace heddle {

/// What a scenario's declaration makes of its result.
struct Declared {
  std::vector<std::string> rules;  // that it expects
  std::vector<std::string> wrong;  // a sentence for everything that is not as declared
};

/// One exploration.
struct ReportItem {
  std::string scenario = {};
  std::string replay_command = {};  // "heddle replay": the token follows; empty: nothing runs it again
  Result result = {};
  std::optional<Declared> declared = {};  // absent: any finding is one too many
};

/// What the XML of a JUnit file looks like: as Jenkins' schema has it, or with what GoogleTest's files have.
enum class JunitFlavour : std::uint8_t { jenkins, gtest };

struct ReportRun {
  std::vector<ReportItem> items = {};
  std::string command = "heddle";  // as it was typed
  std::chrono::sys_seconds began = {};
  std::string root = {};    // the folder that the program's sources are told relative to; empty: as compiled
  std::size_t width = 100;  // columns of the terminal
  bool colour = false;
  JunitFlavour junit_flavour = JunitFlavour::jenkins;
};

class Report {
 public:
  virtual ~Report() = default;
  virtual std::string render(const ReportRun& run) const = 0;
};

/// What has to be looked at: the findings that were not declared, in the order found.
std::vector<const Failure*> alarms_of(const ReportItem& item);

/// Why the item is not as it should be although nothing has to be looked at: a finding that is missing, a
/// search that gave up, a program that is nondeterministic. A sentence each.
std::vector<std::string> complaints_of(const ReportItem& item);

/// The file of a place, within the root if it lies there. Empty for an unknown place.
std::string file_of(const std::string& root, const mp::Location& where);

/// "2026-01-31T12:00:00", in UTC.
std::string began_words(const ReportRun& run);

/// A number for a finding: the same for one that is found again after its sources have moved a little. Of
/// scenario, rule, object, files and operations, but no lines and no arguments.
std::string fingerprint_of(const std::string& root, const std::string& scenario, const Finding& finding);

/// "heddle replay h1-...", or nothing where nothing runs the failure again.
std::string replay_line(const ReportItem& item, const Failure& failure);

}  // namespace heddle
