// See the header.
#include <fmt/format.h>

#include <bench/schedules_to_bug/summary.hpp>
#include <cmath>
#include <numeric>

namespace heddle::schedules_to_bug {
namespace {

std::optional<double> median_of(const Searches& searches) {
  const std::size_t upper = searches.seeds / 2;
  if (upper >= searches.found.size()) return std::nullopt;
  const auto at = [&](std::size_t index) { return static_cast<double>(searches.found[index]); };
  return searches.seeds % 2 == 1 ? at(upper) : (at(upper - 1) + at(upper)) / 2;
}

}  // namespace

Summary summary_of(const Searches& searches) {
  Summary summary{.median = median_of(searches)};
  const auto count = static_cast<double>(searches.found.size());
  if (searches.found.empty()) return summary;
  summary.mean = std::accumulate(searches.found.begin(), searches.found.end(), 0.0) / count;
  if (searches.found.size() < 2) return summary;
  double squares = 0;
  for (const std::uint64_t each : searches.found)
    squares += std::pow(static_cast<double>(each) - summary.mean, 2);
  summary.deviation = std::sqrt(squares / (count - 1));
  return summary;
}

std::string cell_of(const Searches& searches) {
  if (searches.found.empty()) return "-";
  const Summary summary = summary_of(searches);
  const std::string median =
      summary.median ? fmt::format("{:g}", *summary.median) : fmt::format(">{}", searches.cap);
  const std::string missed =
      searches.found.size() < searches.seeds ? fmt::format("; {}", searches.found.size()) : "";
  return fmt::format("{} ({:.0f}±{:.0f}{})", median, summary.mean, summary.deviation, missed);
}

}  // namespace heddle::schedules_to_bug
