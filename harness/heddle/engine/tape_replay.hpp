// The strategy that plays a tape: where an entry matches, its answer; elsewhere the default. Lenient, it
// passes over what does not fit. Exact, it takes the entries in their order, and ends the execution at the
// first choice that shows that one does not fit: its answer is not to be had, or its choice is past.
//
// Either way it remembers the first thing that did not fit, and how each entry that did was answered.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <heddle/core/strategy.hpp>
#include <heddle/core/tape.hpp>

namespace heddle {

class TapeReplay final : public Strategy {
 public:
  enum class Fit : std::uint8_t { lenient, exact };
  explicit TapeReplay(Tape tape, Fit fit = Fit::lenient) : tape_(std::move(tape)), fit_(fit) {}

  bool begin(std::uint64_t execution) override;
  std::uint32_t choose(const Choice& choice) override;
  bool end() override { return false; }

  struct Mismatch {
    std::string words;
    std::uint64_t step = 0;    // of the choice at which it became clear; never reached: of the last one
    std::size_t entry = 0;     // of the tape, from 0
    TaskIndex task = no_task;  // who came to that choice; no_task: the execution ended first
  };
  /// After an execution: what of the tape did not fit, if anything.
  std::optional<Mismatch> mismatch() const;

  /// An entry that was answered as it says.
  struct Use {
    std::size_t entry = 0;
    std::uint64_t step = 0;
    TaskIndex task = no_task;     // who came to the choice
    TaskIndex chosen = no_task;   // kinds that pick a task: whom
    TaskIndex instead = no_task;  // and whom the default run picks; no_task: nobody
    Access intent = {};           // what that one touches next, if it has said so
    bool is_preemption = false;
  };
  /// In the order in which they came up.
  std::span<const Use> uses() const { return uses_; }

 private:
  const std::string& label(const Choice& choice, TaskIndex task);
  bool matches(const TapeEntry& entry, const Choice& choice);
  std::uint32_t use(std::size_t index, const Choice& choice);
  std::optional<std::uint32_t> answer(const Choice& choice, const TapeEntry& entry);
  std::optional<std::size_t> find_missed(const Choice& choice, std::size_t next);
  std::uint32_t refuse(std::size_t index, const char* why, const Choice& choice);

  const Tape tape_;
  const Fit fit_;
  std::vector<std::string> labels_;  // by TaskIndex; empty: not asked yet
  std::vector<bool> used_;           // by entry
  std::vector<Use> uses_;
  std::optional<Mismatch> refused_;
  std::uint64_t last_step_ = 0;
};

/// An entry in words: "main's task choice 3 -> main/worker-2".
std::string words_of(const TapeEntry& entry);

/// The answer that picks the task of this label at a choice that picks a task; absent: it is not there.
std::optional<std::uint32_t> answer_of(const Choice& choice, const std::string& label);

}  // namespace heddle
