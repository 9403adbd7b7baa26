// What a search has seen so far, as a value: it can be written down, gone on from, and united with what other
// processes saw of the same search. A search is a sequence of numbered executions, and a share of it is every
// step-th of them, so that who runs which is known to everybody without asking.
//
// A catch is kept as it was caught: confirming, shrinking and telling it is left to whoever concludes.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include <heddle/core/verdict.hpp>

namespace heddle {

/// The executions first, first + step, first + 2 * step and so on of a search.
struct Share {
  std::uint64_t first = 0;
  std::uint64_t step = 1;  // at least 1
  friend bool operator==(const Share&, const Share&) = default;
};

/// What a search has caught and nobody has worked up. Of the finding only rule, object and harm are kept when
/// it is written down: the tape gives the rest.
struct Catch {
  Finding finding;
  Tape tape = {};
  RunOptions run = {};
  std::uint64_t found_at = 0;  // from 1
  std::string found_by = {};   // which of several strategies; empty: there is one
  bool is_beyond = false;      // seen only outside the time mode that was asked for

  /// One of those a search ends with when it has enough: an error in the time mode that was asked for.
  bool counts() const { return !is_beyond && finding.severity == Severity::error; }
};

struct Partial {
  Share share = {};
  std::uint64_t made = 0;  // so many of the share's executions, abandoned ones included
  bool ended = false;      // by its budget, for want of more, or with enough found; not by an interruption
  /// Its `interleavings` may be more than there are hashes, where a list was too long to be kept.
  Coverage coverage = {};
  /// Hashes of distinct ones, in any order; the lowest bit of each says: more than one execution had it.
  std::vector<std::uint64_t> interleavings = {};
  std::set<std::string> must_reach = {};  // labels
  std::set<std::string> outcomes = {};
  std::vector<Catch> caught = {};  // one per bug, in the order found
  std::set<Refutation> refuted = {};
  std::set<Suppressed> suppressed = {};
  std::uint64_t harm_attempts = 0;   // executions since there was enough but damage
  std::uint64_t given_up = 0;        // executions that did not end
  std::uint64_t left_open = 0;       // executions of which an oracle could not tell
  std::uint64_t first_schedule = 0;  // of the first execution: meaningful when there was one
  bool has_varied = false;           // not all executions made the same choices
  bool was_cut = false;              // some execution was not run to its end
  bool others_have_enough = false;   // another share has found as much as was asked for
};

}  // namespace heddle
