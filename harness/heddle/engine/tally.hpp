// What the executions of a search add up to: the figures of its coverage, the outcomes, and what tells
// whether it has tried anything. A search that goes on, or that others share, begins from what was handed
// over.
#pragma once

#include <cstdint>
#include <set>
#include <string>

#include <heddle/core/partial.hpp>
#include <heddle/core/world.hpp>
#include <heddle/engine/interleaving_set.hpp>
#include <heddle/engine/order_matrix.hpp>
#include <heddle/engine/promises.hpp>

namespace heddle {

class Tally {
 public:
  /// Leaves `from` without what it takes over.
  void take_over(Partial& from);
  void hand_over(double seconds, Partial& to);

  void count_abandoned() { ++coverage_.abandoned; }
  /// `is_beyond`: made in another time mode than was asked for. Its outcome is none of the program's.
  void account(const Execution& execution, bool is_beyond);
  /// What the figures are made of, from an execution that was accounted for and is over.
  void learn(const Situation& situation, const Execution& execution);
  /// The depth of the bugs that the execution would have found with some chance, and by whom.
  void promise(std::uint32_t depth, std::string_view strategy, std::uint64_t tasks, std::uint64_t choices) {
    promises_.take_in(depth, strategy, tasks, choices);
  }
  /// The strategy has no more to try. That is all there is, unless an execution was not run to its end.
  void exhaust() { coverage_.exhausted = !was_cut_; }

  std::uint64_t executions() const { return coverage_.executions; }
  std::uint64_t interleavings() const { return interleavings_.size(); }
  /// Executions that did not end within their steps.
  std::uint64_t given_up() const { return given_up_; }
  /// Executions of which an oracle could not tell whether something is wrong.
  std::uint64_t left_open() const { return left_open_; }
  /// There are other interleavings, and not one of them was tried.
  bool is_vacuous() const { return coverage_.executions > 1 && !has_varied_ && !coverage_.exhausted; }

  /// The figures, in full. Once, at the end.
  Coverage describe(double seconds, bool is_by_chance);
  std::set<std::string>& outcomes() { return outcomes_; }

 private:
  void count_up(double seconds);

  Coverage coverage_;
  std::set<std::string> outcomes_;
  InterleavingSet interleavings_;
  std::uint64_t interleavings_least_ = 0;  // it is known without hashes that there were so many
  OrderMatrix orders_;
  Promises promises_;
  std::set<std::string> must_reach_;
  bool is_whole_ = true;  // it was told of all executions itself
  bool is_new_ = false;   // the interleaving of the latest execution
  std::uint64_t given_up_ = 0;
  std::uint64_t left_open_ = 0;
  std::uint64_t first_schedule_ = 0;
  bool has_varied_ = false;  // not all executions made the same choices
  bool was_cut_ = false;
};

}  // namespace heddle
