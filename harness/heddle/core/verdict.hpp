// What an exploration says, as values (STYLE: results are values). Failed holds what reproduces it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <heddle/core/estimates.hpp>
#include <heddle/core/finding.hpp>
#include <heddle/core/options.hpp>
#include <heddle/core/orders.hpp>
#include <heddle/core/situation.hpp>
#include <heddle/core/suppressions.hpp>
#include <heddle/core/tape.hpp>

namespace heddle {

/// How much was seen, stated honestly.
struct Coverage {
  std::uint64_t executions = 0;
  std::uint64_t abandoned = 0;      // executions not among these: the strategy had seen what was to come
  std::uint64_t interleavings = 0;  // distinct ones: orders of steps that depend on each other
  std::uint64_t choice_points = 0;  // over all executions
  std::uint64_t steps = 0;          // over all executions
  std::uint64_t steps_longest = 0;
  bool exhausted = false;             // every interleaving of the program at this granularity was run
  bool is_partly_unexplored = false;  // but for what the program did not want explored
  double seconds = 0;
  std::uint64_t interleavings_once = 0;  // those that one execution alone had
  bool are_interleavings_cut = false;    // there were more than were kept
  bool is_by_chance = false;             // executions are draws: they tell of what was not drawn
  MissBound miss_bound = {};             // no executions: no strategy promises anything
  std::vector<ObjectOrders> orders = {};
  bool are_orders_cut = false;           // there were more objects than are kept
  bool have_never_met = false;           // several tasks used objects, but never the same
  std::set<std::string> reached = {};    // the labels that the program said it had come to
  std::set<std::string> unreached = {};  // those that it must come to, and did in no execution
};

/// One deviation of a minimal tape, as its run came to it. Without it the finding goes away.
struct Essential {
  ChoiceKind kind{};
  std::uint64_t step = 0;    // Os calls made before it
  std::string who = {};      // kinds that pick a task: whom; the others: whose choice it is
  std::string instead = {};  // whom the default run picks; empty: nobody
  // That `instead` stands at, or of the other kinds `who`; its object alone, where the execution ends before
  // it begins; empty: none.
  std::string operation = {};
  mp::Location where = {};
  std::uint32_t answer = 0;  // kinds that pick no task
};

/// Two steps whose order decides: with the first before the second the finding is there, the other way
/// round it is not.
struct CriticalPair {
  Party first = {};
  Party second = {};
};

/// One finding with the shortest tape known to reproduce it and the history of that run.
struct Failure {
  Finding finding;
  RunOptions run = {};
  Tape tape = {};
  std::uint64_t default_digest = 0;
  std::uint64_t found_at = 0;  // the execution that first had it, from 1
  std::string found_by = {};   // which of several strategies made that; empty: there is one
  Tape tape_found = {};        // before it was shrunk
  std::uint64_t shrink_executions = 0;
  std::vector<Essential> essentials = {};          // one per entry of the tape, in its order
  std::optional<CriticalPair> critical_pair = {};  // absent: the default run fails, or it was not looked for
  std::shared_ptr<const Situation> history = nullptr;
};

struct Passed {};
struct Failed {
  std::vector<Failure> failures;  // at least one; one per bug, in the order found
};
struct GaveUp {
  std::string why;
};
struct Broken {
  std::string why;         // "nondeterministic: ..."
  std::uint64_t step = 0;  // the first that differs
};
using Verdict = std::variant<Passed, Failed, GaveUp, Broken>;

struct Result {
  Verdict verdict;
  Coverage coverage;
  std::set<std::string> outcomes;  // every distinct tuple the program recorded, one line each
  /// What only executions showed in which a sleep or a timeout ended before its time, unasked. No part of the
  /// verdict: a program may rely on a timeout being long enough.
  std::vector<Failure> beyond = {};
  /// Findings that a suppressions file is about. No part of the verdict either.
  std::set<Suppressed> suppressed = {};
  bool interrupted = false;
};

}  // namespace heddle
