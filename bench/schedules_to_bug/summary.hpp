// The counts of some searches in few words. Mean and deviation are over the seeds that came to the bug; the
// median is over all, a seed that did not being above the cap.
#pragma once

#include <bench/schedules_to_bug/search.hpp>
#include <optional>
#include <string>

namespace heddle::schedules_to_bug {

struct Summary {
  std::optional<double> median;  // absent: above the cap
  double mean = 0;               // of those found; 0 if none was
  double deviation = 0;          // of a sample: 0 for fewer than two
};

Summary summary_of(const Searches& searches);

/// "25 (39±38)": the median, and mean and deviation; "2990 (2808±2678; 16)": of 16 seeds, and not of all;
/// ">10000": of fewer than half; "-": of none.
std::string cell_of(const Searches& searches);

}  // namespace heddle::schedules_to_bug
