// An interleaving as rows to be shown: one per outermost operation of a user task, in the order of steps,
// each in its process's column. An operation that had to wait has two rows, where it began and where it
// ended or, if it never did, at the end; at os granularity so has one during which others ran. Helper tasks
// are shown only where an operation of theirs is a party of the finding.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <heddle/core/finding.hpp>
#include <heddle/core/options.hpp>
#include <heddle/core/situation.hpp>

namespace heddle::text {

struct HistoryRow {
  enum class Kind : std::uint8_t { operation, left_out, at_end };
  Kind kind = Kind::operation;
  std::uint64_t step = 0;
  std::size_t column = 0;
  TaskIndex task = no_task;
  std::string words;      // "tasks.get() -> 1"
  bool is_party = false;  // of the finding
};

struct History {
  std::vector<std::string> columns;  // the names of processes, in the order of their birth
  std::vector<HistoryRow> rows;
};

/// The whole history up to the finding, with what was unfinished then.
History history_of(const Situation& situation, const Finding& finding, Granularity granularity);

/// Keeps the first rows, those before the end and the parties' own; a row tells how many are missing.
std::vector<HistoryRow> shortened(const std::vector<HistoryRow>& rows, std::size_t first, std::size_t last);

}  // namespace heddle::text
