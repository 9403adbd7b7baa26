// See the header. Rows are made per operation, kept sorted by step, and given their column last, so that
// processes of which nothing is shown get none.
#include <algorithm>
#include <map>

#include <heddle/core/party.hpp>
#include <heddle/reports/text/history.hpp>
#include <heddle/reports/text/letters.hpp>

namespace heddle::text {
namespace {

constexpr std::string_view waits = " …";
constexpr std::string_view goes_on = "… ";

std::string result_of(const Situation& situation, const OperationRow& operation) {
  if (const std::string& result = situation.result_of(operation); !result.empty())
    return " -> " + printable(result);
  return operation.succeeded ? "" : " -> failed";
}

/// A process's threads share its column; all but the main one say their name.
std::string thread_prefix(const Situation& situation, TaskIndex task) {
  const TaskRow& row = situation.tasks[task];
  if (row.process == none || situation.processes[row.process].main == task) return "";
  return printable(row.name) + ": ";
}

class HistoryMaker {
 public:
  HistoryMaker(const Situation& situation, const Finding& finding, Granularity granularity)
      : situation_(situation), finding_(finding), granularity_(granularity) {}

  History make() {
    for (OperationIndex index = 0; index < situation_.operations.size(); ++index)
      if (is_shown(situation_.operations[index])) add(index);
    place_in_columns();
    const auto at_end = std::ranges::find(history_.rows, HistoryRow::Kind::at_end, &HistoryRow::kind);
    std::sort(at_end, history_.rows.end(), [](const HistoryRow& a, const HistoryRow& b) {
      return std::pair(a.column, a.task) < std::pair(b.column, b.task);
    });
    return std::move(history_);
  }

 private:
  bool is_party(const OperationRow& operation) const {
    const std::string who = situation_.name_of_task(operation.task);
    return std::ranges::any_of(finding_.parties, [&](const Party& party) {
      return party.step == operation.step_begin && party.who == who;
    });
  }

  bool is_shown(const OperationRow& operation) const {
    if (operation.task == no_task || operation.step_begin > finding_.step) return false;
    const TaskRow& task = situation_.tasks[operation.task];
    const bool is_user = task.role == mp::Role::user &&
                         (task.process == none || situation_.processes[task.process].role == mp::Role::user);
    return is_user || is_party(operation);
  }

  /// Did another task begin an operation in the middle of this one?
  bool is_overtaken(const OperationRow& operation) const {
    return std::ranges::any_of(situation_.operations, [&](const OperationRow& other) {
      return other.task != operation.task && other.step_begin > operation.step_begin &&
             other.step_begin < operation.step_end;
    });
  }

  void add(OperationIndex index) {
    const OperationRow& operation = situation_.operations[index];
    const std::string call =
        thread_prefix(situation_, operation.task) + printable(words_of(situation_, index));
    const bool ended = operation.ended && operation.step_end <= finding_.step;
    const bool in_two =
        operation.blocked || (granularity_ == Granularity::os && ended && is_overtaken(operation));
    if (ended && !in_two)
      return add(operation, operation.step_begin, call + result_of(situation_, operation));
    add(operation, operation.step_begin, call + std::string(waits));
    if (ended)
      return add(operation, operation.step_end,
                 std::string(goes_on) + call + result_of(situation_, operation));
    if (operation.blocked)
      add(operation, finding_.step, std::string(goes_on) + call, HistoryRow::Kind::at_end);
  }
  void add(const OperationRow& operation, std::uint64_t step, std::string words,
           HistoryRow::Kind kind = HistoryRow::Kind::operation) {
    HistoryRow row{.kind = kind, .step = step, .task = operation.task, .words = std::move(words)};
    row.is_party = is_party(operation);
    rows_.emplace(std::pair(kind == HistoryRow::Kind::at_end, step), std::move(row));
  }

  void place_in_columns() {
    std::map<ProcessIndex, std::size_t> columns;
    for (const auto& [key, row] : rows_) columns[situation_.tasks[row.task].process] = 0;
    for (auto& [process, column] : columns) {
      column = history_.columns.size();
      history_.columns.push_back(process == none ? "?" : printable(situation_.name_of(process)));
    }
    for (auto& [key, row] : rows_) {
      row.column = columns[situation_.tasks[row.task].process];
      history_.rows.push_back(std::move(row));
    }
  }

  const Situation& situation_;
  const Finding& finding_;
  const Granularity granularity_;
  std::multimap<std::pair<bool, std::uint64_t>, HistoryRow> rows_;  // keyed by at_end and step
  History history_;
};

}  // namespace

History history_of(const Situation& situation, const Finding& finding, Granularity granularity) {
  return HistoryMaker(situation, finding, granularity).make();
}

std::vector<HistoryRow> shortened(const std::vector<HistoryRow>& rows, std::size_t first, std::size_t last) {
  const auto at_end =
      static_cast<std::size_t>(std::ranges::count(rows, HistoryRow::Kind::at_end, &HistoryRow::kind));
  const std::size_t tail = std::min(rows.size(), last + at_end);
  std::vector<HistoryRow> kept;
  std::uint64_t missing = 0;
  const auto tell_missing = [&] {
    if (missing > 0)
      kept.push_back(
          {.kind = HistoryRow::Kind::left_out, .words = "… " + counted(missing, "row") + " left out"});
    missing = 0;
  };
  for (std::size_t index = 0; index < rows.size(); ++index) {
    if (index >= first && index < rows.size() - tail && !rows[index].is_party) {
      ++missing;
      continue;
    }
    tell_missing();
    kept.push_back(rows[index]);
  }
  return kept;
}

}  // namespace heddle::text
