// The words for faults, read and written.
#include <heddle/core/faults.hpp>

namespace heddle {

std::vector<std::string_view> fault_names() {
  std::vector<std::string_view> names;
  for (const ChoiceKind each : fault_kinds) names.push_back(name_of(each));
  return names;
}

std::optional<ChoiceKind> fault_of(std::string_view name) {
  for (const ChoiceKind each : fault_kinds)
    if (name_of(each) == name) return each;
  return std::nullopt;
}

std::string words_of(const FaultSet& faults) {
  std::string words;
  for (const ChoiceKind each : fault_kinds) {
    if (!faults.contains(each)) continue;
    if (!words.empty()) words += ", ";
    words += name_of(each);
  }
  return words;
}

}  // namespace heddle
