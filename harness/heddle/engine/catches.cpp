// Which catch of a bug is kept.
#include <algorithm>

#include <heddle/engine/catches.hpp>

namespace heddle {

Catch* Catches::place_for(const Finding& finding, bool is_beyond, bool takes_new) {
  const auto known = std::ranges::find_if(all_, [&](const Catch& each) {
    return each.finding.rule == finding.rule && each.finding.object == finding.object;
  });
  if (known == all_.end()) return takes_new ? &all_.emplace_back() : nullptr;
  if (known->is_beyond && !is_beyond) {
    known->found_at = 0;
    return &*known;
  }
  const bool is_damage = known->finding.harm == Harm::predicted && finding.harm == Harm::seen;
  return is_damage && known->is_beyond == is_beyond ? &*known : nullptr;
}

std::size_t Catches::count() const {
  return static_cast<std::size_t>(std::ranges::count(all_, false, &Catch::is_beyond));
}

bool Catches::has_predictions() const {
  return std::ranges::any_of(
      all_, [](const Catch& each) { return each.finding.harm == Harm::predicted && !each.is_beyond; });
}

}  // namespace heddle
