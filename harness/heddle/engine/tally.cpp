// Counting, and the two directions of handing over.
#include <fmt/format.h>
#include <algorithm>
#include <iterator>

#include <heddle/engine/tally.hpp>

namespace heddle {

void Tally::take_over(Partial& from) {
  interleavings_least_ = from.coverage.interleavings;
  is_whole_ = from.coverage.executions == 0;
  coverage_ = std::move(from.coverage);
  outcomes_ = std::move(from.outcomes);
  for (const std::uint64_t hash : from.interleavings) interleavings_.take_in(hash);
  must_reach_ = std::move(from.must_reach);
  given_up_ = from.given_up;
  left_open_ = from.left_open;
  first_schedule_ = from.first_schedule;
  has_varied_ = from.has_varied;
  was_cut_ = from.was_cut;
}

void Tally::hand_over(double seconds, Partial& to) {
  count_up(seconds);
  to.coverage = coverage_;
  to.outcomes = std::move(outcomes_);
  to.interleavings = interleavings_.hashes();
  to.must_reach = must_reach_;
  to.given_up = given_up_;
  to.left_open = left_open_;
  to.first_schedule = first_schedule_;
  to.has_varied = has_varied_;
  to.was_cut = was_cut_;
}

void Tally::account(const Execution& execution, bool is_beyond) {
  ++coverage_.executions;
  coverage_.choice_points += execution.choice_points;
  coverage_.steps += execution.steps;
  coverage_.steps_longest = std::max(coverage_.steps_longest, execution.steps);
  is_new_ = interleavings_.insert(execution.interleaving);
  if (coverage_.executions == 1) first_schedule_ = execution.schedule;
  if (execution.schedule != first_schedule_) has_varied_ = true;
  if (execution.is_partly_unexplored) coverage_.is_partly_unexplored = true;
  if (execution.ending == Ending::stopped) was_cut_ = true;
  if (execution.ending == Ending::exhausted) {
    was_cut_ = true;
    if (!is_beyond) ++given_up_;
  }
  if (execution.is_left_open && !is_beyond) ++left_open_;
  if (execution.ending == Ending::complete && !execution.outcomes.empty() && !is_beyond)
    outcomes_.insert(fmt::format("{}", fmt::join(execution.outcomes, ", ")));
}

// An interleaving that was seen before shows no order that was not.
void Tally::learn(const Situation& situation, const Execution& execution) {
  if (is_new_) orders_.take_in(situation);
  for (const Label& label : execution.labels) {
    if (label.reached) coverage_.reached.insert(label.name);
    if (label.must_reach) must_reach_.insert(label.name);
  }
}

void Tally::count_up(double seconds) {
  coverage_.interleavings = std::max(interleavings_.size(), interleavings_least_);
  coverage_.interleavings_once = interleavings_.once();
  coverage_.are_interleavings_cut = interleavings_.is_full() || interleavings_.size() < interleavings_least_;
  coverage_.seconds = seconds;
}

Coverage Tally::describe(double seconds, bool is_by_chance) {
  count_up(seconds);
  coverage_.is_by_chance = is_by_chance;
  if (is_whole_) {
    coverage_.miss_bound = promises_.bound();
    coverage_.orders = orders_.orders();
    coverage_.are_orders_cut = orders_.is_full();
    coverage_.have_never_met = orders_.never_met();
  }
  std::ranges::set_difference(must_reach_, coverage_.reached,
                              std::inserter(coverage_.unreached, coverage_.unreached.end()));
  return coverage_;
}

}  // namespace heddle
