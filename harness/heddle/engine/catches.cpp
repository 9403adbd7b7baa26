// Which catch of a bug is kept.
#include <algorithm>
#include <string_view>

#include <heddle/engine/catches.hpp>

namespace heddle {
namespace {

bool is_one_line(const mp::Location& one, const mp::Location& other) {
  return one.line() == other.line() && std::string_view(one.file_name()) == other.file_name();
}

// An error was seen in which all operations take part that the warning is about.
bool comes_true_in(const Finding& warning, const Finding& damage) {
  if (warning.harm != Harm::predicted || warning.severity != Severity::warning) return false;
  if (damage.harm != Harm::seen || damage.severity != Severity::error || warning.parties.empty())
    return false;
  return std::ranges::all_of(warning.parties, [&](const Party& party) {
    return std::ranges::any_of(damage.parties,
                               [&](const Party& other) { return is_one_line(party.where, other.where); });
  });
}

}  // namespace

void Catches::refute(const Refutation& refutation) {
  if (!refuted_.insert(refutation).second) return;
  std::erase_if(all_, [&](const Catch& each) { return is_refuted(each.finding); });
}

bool Catches::is_refuted(const Finding& finding) const {
  if (finding.harm == Harm::seen || refuted_.empty()) return false;
  return std::ranges::any_of(finding.parties, [&](const Party& party) {
    return refuted_.contains({finding.rule, place_of(party.where)});
  });
}

Catch* Catches::place_for(const Finding& finding, bool is_beyond, bool takes_new) {
  if (is_refuted(finding)) return nullptr;
  const auto known = std::ranges::find_if(all_, [&](const Catch& each) {
    return each.finding.rule == finding.rule && each.finding.object == finding.object;
  });
  if (known == all_.end()) return place_for_new(finding, is_beyond, takes_new);
  if (known->is_beyond && !is_beyond) {
    known->found_at = 0;
    return &*known;
  }
  const bool is_damage = known->finding.harm == Harm::predicted && finding.harm == Harm::seen;
  return is_damage && known->is_beyond == is_beyond ? &*known : nullptr;
}

Catch* Catches::place_for_new(const Finding& finding, bool is_beyond, bool takes_new) {
  for (Catch& each : all_) {
    if (comes_true_in(finding, each.finding)) return nullptr;
    if (each.is_beyond != is_beyond || !comes_true_in(each.finding, finding)) continue;
    each.found_at = 0;
    return &each;
  }
  return takes_new ? &all_.emplace_back() : nullptr;
}

std::size_t Catches::count() const {
  return static_cast<std::size_t>(std::ranges::count_if(all_, &Catch::counts));
}

bool Catches::has_predictions() const {
  return std::ranges::any_of(
      all_, [](const Catch& each) { return each.finding.harm == Harm::predicted && !each.is_beyond; });
}

}  // namespace heddle
