// See the header. Columns get the width of their longest cell; while the table is too wide, the widest
// column gives way by one.
#include <algorithm>
#include <numeric>

#include <heddle/reports/text/columns.hpp>

namespace heddle::text {
namespace {

constexpr std::size_t cell_width_min = 14;  // below this nobody can read an operation
constexpr std::string_view separator = " | ";

class Layout {
 public:
  Layout(const History& history, std::size_t width, const Painter& painter)
      : history_(history), width_(width), painter_(painter) {
    for (const HistoryRow& row : history.rows)
      step_width_ = std::max(step_width_, std::to_string(row.step).size());
  }

  std::string render() {
    measure(history_.columns);
    if (!fit()) list_processes();
    std::string table = header();
    const HistoryRow* before = nullptr;
    for (const HistoryRow& row : history_.rows) {
      table += line(row, before);
      before = row.kind == HistoryRow::Kind::operation ? &row : nullptr;
    }
    return table;
  }

 private:
  void measure(const std::vector<std::string>& columns) {
    widths_.clear();
    for (const std::string& name : columns) widths_.push_back(2 + width_of(name));
    for (const HistoryRow& row : history_.rows)
      if (row.kind != HistoryRow::Kind::left_out)
        widths_[row.column] = std::max(widths_[row.column], 2 + width_of(row.words));
  }

  std::size_t margin() const { return 2 + step_width_; }

  /// Narrows columns until the table fits; false if it cannot be made to.
  bool fit() {
    const std::size_t taken = margin() + separator.size() * widths_.size();
    while (taken + std::accumulate(widths_.begin(), widths_.end(), std::size_t{0}) > width_) {
      const auto widest = std::ranges::max_element(widths_);
      if (widest == widths_.end() || *widest <= cell_width_min) return false;
      --*widest;
    }
    return true;
  }

  /// The other layout: who in the first column, what in the second.
  void list_processes() {
    is_list_ = true;
    std::size_t names = 3;
    for (const std::string& name : history_.columns) names = std::max(names, width_of(name));
    names = std::min(names + 2, width_ / 3);
    const std::size_t taken = margin() + 2 * separator.size() + names;
    widths_ = {names, width_ > taken + cell_width_min ? width_ - taken : cell_width_min};
  }

  std::string header() const {
    std::string names = "  " + std::string(step_width_ - 4, ' ') + "step";
    std::string rule = "  " + std::string(step_width_, '-');
    for (std::size_t column = 0; column < widths_.size(); ++column) {
      const std::string name = is_list_ ? (column == 0 ? "who" : "operation") : history_.columns[column];
      names += std::string(separator) + padded("  " + name, widths_[column]);
      rule += "-+-" + std::string(widths_[column], '-');
    }
    names.erase(names.find_last_not_of(' ') + 1);
    return painter_.paint(Ink::bold, names) + "\n" + painter_.paint(Ink::faint, rule) + "\n";
  }

  std::string line(const HistoryRow& row, const HistoryRow* before) const {
    if (row.kind == HistoryRow::Kind::left_out)
      return painter_.paint(Ink::faint, std::string(margin(), ' ') + std::string(separator) + row.words) +
             "\n";
    const std::string step = row.kind == HistoryRow::Kind::at_end ? "end" : std::to_string(row.step);
    std::string text = row.is_party ? "! " : "  ";
    text += std::string(step_width_ - step.size(), ' ') + step;
    const bool carries_on = before != nullptr && before->task == row.task;
    const std::string mark = carries_on || row.kind == HistoryRow::Kind::at_end ? "  " : "> ";
    if (is_list_) {
      text += std::string(separator) + padded(mark + history_.columns[row.column], widths_[0]);
      text += std::string(separator) + cut("  " + row.words, widths_[1]);
    } else {
      for (std::size_t column = 0; column < row.column; ++column)
        text += std::string(separator) + std::string(widths_[column], ' ');
      text += std::string(separator) + cut(mark + row.words, widths_[row.column]);
    }
    return painter_.paint(row.is_party ? Ink::bold : Ink::plain, text) + "\n";
  }

  const History& history_;
  const std::size_t width_;
  const Painter& painter_;
  std::size_t step_width_ = 4;
  std::vector<std::size_t> widths_;
  bool is_list_ = false;
};

}  // namespace

std::string table_of(const History& history, std::size_t width, const Painter& painter) {
  return Layout(history, width, painter).render();
}

}  // namespace heddle::text
