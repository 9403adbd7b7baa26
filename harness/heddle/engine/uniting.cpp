// See the header. Nothing here depends on the order of the parts.
#include <algorithm>
#include <tuple>

#include <heddle/engine/catches.hpp>
#include <heddle/engine/uniting.hpp>

namespace heddle {
namespace {

void add(Coverage& all, const Coverage& part) {
  all.executions += part.executions;
  all.abandoned += part.abandoned;
  all.choice_points += part.choice_points;
  all.steps += part.steps;
  all.steps_longest = std::max(all.steps_longest, part.steps_longest);
  all.interleavings = std::max(all.interleavings, part.interleavings);
  all.is_partly_unexplored = all.is_partly_unexplored || part.is_partly_unexplored;
  all.seconds = std::max(all.seconds, part.seconds);
  all.reached.insert(part.reached.begin(), part.reached.end());
}

// Those of one interleaving differ in the lowest bit at most; of two the one that is left says: more than
// once.
void unite_interleavings(Partial& all) {
  std::vector<std::uint64_t> kept;
  std::ranges::sort(all.interleavings);
  for (const std::uint64_t hash : all.interleavings) {
    const bool is_known = !kept.empty() && (kept.back() | 1) == (hash | 1);
    if (is_known) kept.back() |= 1;
    if (!is_known) kept.push_back(hash);
  }
  all.interleavings = std::move(kept);
  all.coverage.interleavings = std::max<std::uint64_t>(all.coverage.interleavings, all.interleavings.size());
}

// As a search does that meets them in this order.
void unite_caught(Partial& all) {
  std::ranges::sort(all.caught, {}, [](const Catch& each) {
    return std::tie(each.found_at, each.finding.rule, each.finding.object);
  });
  Catches kept;
  kept.take_over({}, all.refuted);
  for (Catch& each : all.caught) {
    Catch* const place = kept.place_for(each.finding, each.is_beyond, true);
    if (place == nullptr) continue;
    if (place->found_at != 0) each.found_at = place->found_at;
    *place = std::move(each);
  }
  all.caught = kept.hand_over();
}

void add(Partial& all, const Partial& part) {
  // A part without an execution says nothing about schedules.
  if (part.coverage.executions > 0) {
    const bool is_first = all.coverage.executions == 0;
    all.has_varied =
        all.has_varied || part.has_varied || (!is_first && all.first_schedule != part.first_schedule);
    if (is_first) all.first_schedule = part.first_schedule;
  }
  add(all.coverage, part.coverage);
  all.made += part.made;
  all.ended = all.ended && part.ended;
  all.interleavings.insert(all.interleavings.end(), part.interleavings.begin(), part.interleavings.end());
  all.must_reach.insert(part.must_reach.begin(), part.must_reach.end());
  all.outcomes.insert(part.outcomes.begin(), part.outcomes.end());
  all.caught.insert(all.caught.end(), part.caught.begin(), part.caught.end());
  all.refuted.insert(part.refuted.begin(), part.refuted.end());
  all.suppressed.insert(part.suppressed.begin(), part.suppressed.end());
  all.harm_attempts += part.harm_attempts;
  all.given_up += part.given_up;
  all.left_open += part.left_open;
  all.was_cut = all.was_cut || part.was_cut;
}

// A share that had nothing to run says nothing about what there is.
bool is_exhausted(std::span<const Partial> parts) {
  bool any = false;
  for (const Partial& part : parts) {
    if (part.made == 0 && part.ended) continue;
    if (!part.coverage.exhausted) return false;
    any = true;
  }
  return any;
}

}  // namespace

Partial unite(std::span<const Partial> parts) {
  Partial all;
  all.ended = !parts.empty();
  for (const Partial& part : parts) add(all, part);
  all.coverage.exhausted = is_exhausted(parts);
  unite_interleavings(all);
  unite_caught(all);
  return all;
}

}  // namespace heddle
