// Before a finding is reported its tape is replayed twice, recorded, and must give the same history. If it
// does not, something decides outside choose(): the verdict is broken and names the first step that
// differs.
#pragma once

#include <variant>

#include <heddle/core/verdict.hpp>
#include <heddle/core/world.hpp>

namespace heddle {

/// Is `candidate` the bug that `wanted` describes? Same rule, same object, and damage if damage is wanted.
bool is_same_bug(const Finding& candidate, const Finding& wanted);

/// The finding among an execution's that is the bug wanted; nullptr if it is not there.
const Finding* find_bug(const Execution& execution, const Finding& wanted);

struct Confirmed {
  Finding finding;  // with the words of the recorded run
  std::shared_ptr<const Situation> history;
  std::vector<Essential> essentials;  // what each deviation did there
};

std::variant<Confirmed, Broken> confirm(const Program& program, const RunOptions& run, const Tape& tape,
                                        const Finding& wanted, World& world,
                                        std::span<const std::unique_ptr<Oracle>> oracles);

}  // namespace heddle
