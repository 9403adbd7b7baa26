// What a search has caught: each bug once. Damage takes the place of its prediction, an error that of a
// warning of it, and a sight in the time mode that was asked for the place of one beyond it.
#pragma once

#include <cstddef>
#include <set>
#include <vector>

#include <heddle/core/partial.hpp>

namespace heddle {

class Catches {
 public:
  void take_over(std::vector<Catch> from, std::set<Refutation> refuted) {
    all_ = std::move(from);
    refuted_ = std::move(refuted);
  }
  std::vector<Catch> hand_over() { return std::move(all_); }
  const std::vector<Catch>& all() const { return all_; }
  const std::set<Refutation>& refuted() const { return refuted_; }

  /// Predictions that are refuted are let go, and no longer taken in.
  void refute(const Refutation& refutation);
  bool is_refuted(const Finding& finding) const;

  /// Where a catch of this finding belongs; nullptr: nowhere, there is one as good. Its `found_at` is not 0
  /// if the bug keeps the number of the execution that found it. `takes_new`: one not yet known has a place.
  Catch* place_for(const Finding& finding, bool is_beyond, bool takes_new);

  /// Of those that count (Catch::counts).
  std::size_t count() const;
  /// In the time mode that was asked for, a prediction was made whose damage nobody saw.
  bool has_predictions() const;

 private:
  Catch* place_for_new(const Finding& finding, bool is_beyond, bool takes_new);

  std::vector<Catch> all_;
  std::set<Refutation> refuted_;
};

}  // namespace heddle
