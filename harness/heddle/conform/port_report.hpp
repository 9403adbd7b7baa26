// What one port came out of the suite with, as a value that stands alone: reports and comparisons are made of
// it, and it is written to a file and read again (docs/reference/port-report-schema.json).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/conform/case.hpp>
#include <heddle/conform/port.hpp>
#include <heddle/core/error.hpp>

namespace heddle::conform {

/// A case as far as a report has to know it, and its result.
struct CaseReport {
  std::string id = {};
  std::string summary = {};
  std::vector<std::string> rows = {};
  Level level = Level::recommended;
  std::string text = {};  // the program; of failed and errored cases only
  CaseResult result = {};
  friend bool operator==(const CaseReport&, const CaseReport&) = default;
};

struct PortReport {
  std::string suite = {};  // "heddle 0.1.0"
  Hello port = {};
  double seconds = 0;
  std::uint64_t restarts = 0;
  std::vector<CaseReport> cases = {};
  friend bool operator==(const PortReport&, const PortReport&) = default;
};

/// `cases`: those that were run, in the order of the results; an interrupted run has fewer results.
PortReport reported(PortResult result, std::span<const Case> cases);

std::string name_of(const Hello& port);  // "CPython multiprocessing 3.11.2"

/// Failed or errored, and held against the port: of a hazard neither is.
bool is_bad(const CaseReport& each);
/// The port has the hazard: failed or errored where CPython does.
bool is_observed(const CaseReport& each);

/// Of failed and errored ones those that are bad.
std::size_t count(const PortReport& report, Status status);
std::size_t count_observed(const PortReport& report);

/// Has a case failed, or erred, that the port is held to? Of `required` ones alone.
bool breaks_a_promise(const PortReport& report);

std::string json_text(const PortReport& report);
/// Error result-malformed. `file`: for the message.
Expected<PortReport> port_report_in(std::string_view text, std::string_view file);

std::string junit_text(const PortReport& report);

/// One object per case: id, level, rows, what it needs.
std::string list_json(std::span<const Case> cases);
std::string list_text(std::span<const Case> cases);

}  // namespace heddle::conform
