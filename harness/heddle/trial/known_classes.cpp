// Both halves in one table.
#include <heddle/trial/known_classes.hpp>

#include <vector>

#include <heddle/trial/known_classes_rows.hpp>

namespace heddle::trial {

std::span<const KnownClasses> known_classes() {
  static const std::vector<KnownClasses> all = [] {
    std::vector<KnownClasses> both;
    for (const auto half : {known_classes_over_words(), known_classes_over_locks()})
      both.insert(both.end(), half.begin(), half.end());
    return both;
  }();
  return all;
}

}  // namespace heddle::trial
