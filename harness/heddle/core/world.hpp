// A world runs a program once, under a strategy that makes every choice, before the eyes of oracles.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <heddle/core/finding.hpp>
#include <heddle/core/options.hpp>
#include <heddle/core/oracle.hpp>
#include <heddle/core/program.hpp>
#include <heddle/core/strategy.hpp>
#include <heddle/core/suppressions.hpp>
#include <heddle/core/tape.hpp>

namespace heddle {

/// How an execution came to its end.
enum class Ending : std::uint8_t {
  complete,   // the main process ended
  stopped,    // a finding ended it
  stuck,      // nobody can run and no oracle said why
  exhausted,  // more steps than allowed
  abandoned,  // by the strategy
};

/// A place in the program by name: that it must be come to by some execution, and whether this one has.
struct Label {
  std::string name;
  bool must_reach = false;
  bool reached = false;
};

/// What one execution left behind. Reused from run to run; the vectors keep their storage.
struct Execution {
  Ending ending = Ending::complete;
  std::vector<Finding> findings;
  std::vector<Refutation> refutations;
  std::vector<Suppressed> suppressed;  // findings that were put aside, in order
  bool is_damage_suppressed = false;   // one of them was seen: it may be why nobody can run
  bool is_left_open = false;           // an oracle could not tell whether something is wrong
  std::vector<std::string> outcomes;   // what the program recorded, in order
  std::vector<Label> labels;           // what it named, each once
  std::uint64_t steps = 0;
  std::uint64_t choice_points = 0;    // choices with more than one answer
  std::uint64_t task_choices = 0;     // of those: which task runs
  bool is_partly_unexplored = false;  // the program wanted it so
  std::uint64_t schedule = 0;         // a hash of the deviations: equal for equal sequences of choices
  std::uint64_t interleaving = 0;  // of what came before what: equal if only independent steps changed places
  std::uint64_t digest = 0;        // a hash of the whole history; only when recorded
  /// In a world that checks itself (engine/checked_world.hpp): the step at which its replay went another way.
  std::optional<std::uint64_t> diverged_at = {};
};

enum class Record : std::uint8_t { nothing, history };

class World {
 public:
  virtual ~World() = default;
  /// One execution. The result is valid until the next run.
  virtual const Execution& run(const Program& program, const RunOptions& options, Strategy& strategy,
                               std::span<const std::unique_ptr<Oracle>> oracles, Record record) = 0;
  /// The deviations of the last execution, in order.
  virtual Tape tape() const = 0;
  /// The situation at the end of the last execution; texts are there if it was recorded.
  virtual const Situation& situation() const = 0;
  /// The digest after each step of the last recorded execution, so that two runs can be compared.
  virtual std::span<const std::uint64_t> digests() const = 0;
};

}  // namespace heddle
