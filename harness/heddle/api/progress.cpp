// See the header. The limit that will be reached first decides how much time is left.
#include <fmt/format.h>

#include <algorithm>

#include <heddle/api/progress.hpp>
#include <heddle/reports/text/letters.hpp>

namespace heddle {

std::optional<double> seconds_left(const Progress& progress, const Budget& budget) {
  std::optional<double> left;
  if (budget.time) left = std::max(0.0, budget.time->count() - progress.seconds);
  if (progress.executions == 0 || budget.executions == UINT64_MAX) return left;
  const std::uint64_t more = budget.executions - std::min(budget.executions, progress.executions);
  const double by_count =
      static_cast<double>(more) * progress.seconds / static_cast<double>(progress.executions);
  return left ? std::min(*left, by_count) : by_count;
}

std::string progress_line(const Progress& progress, const Budget& budget) {
  std::string line = text::counted(progress.executions, "execution");
  if (progress.seconds > 0)
    line += fmt::format(" ({}/s)", text::grouped(static_cast<std::uint64_t>(
                                       static_cast<double>(progress.executions) / progress.seconds)));
  if (progress.interleavings > 0 || progress.executions == 0)
    line += fmt::format(", {} distinct", text::grouped(progress.interleavings));
  line += ", ";
  line += progress.findings == 0 ? "no findings" : text::counted(progress.findings, "finding");
  if (const auto left = seconds_left(progress, budget)) line += fmt::format(", {:.0f} s left", *left);
  return line;
}

}  // namespace heddle
