// Greedy descent: the first reduction that still shows the finding becomes the program, until none does. An
// operation that goes moves the choices of its task, so a tape that no longer fits is searched near.
#include <algorithm>
#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>

#include <heddle/api/program_shrinking.hpp>
#include <heddle/api/replay.hpp>
#include <heddle/api/search.hpp>
#include <heddle/programs/interpreter.hpp>
#include <heddle/programs/plan.hpp>
#include <heddle/programs/reduction.hpp>

namespace heddle {
namespace {

constexpr std::uint64_t near_max = 60;  // executions for a candidate whose tape does not fit

/// nullptr: no finding of the same rule about the same object.
Failure* find_same(Result& result, const Finding& known) {
  auto* const failed = std::get_if<Failed>(&result.verdict);
  if (failed == nullptr) return nullptr;
  const auto same = std::ranges::find_if(failed->failures, [&](const Failure& each) {
    return each.finding.rule == known.rule && each.finding.object == known.object;
  });
  return same == failed->failures.end() ? nullptr : &*same;
}

/// Nothing of what it takes depends on the tape any more. One that is played as it is stays as long as it
/// was; damage by default is another thing than a prediction by default.
bool goes_wrong_anyway(const std::function<void()>& body, const std::string& name, const Failure& known,
                       const Failure& shown, const Suppressions& suppressions) {
  if (known.tape.entries.empty()) return false;
  if (shown.tape.entries.empty()) return true;
  Result by_default = replay(body, {.scenario = name, .run = known.run}, suppressions);
  const Failure* const same = find_same(by_default, known.finding);
  return same != nullptr && same->finding.harm == known.finding.harm;
}

class ProgramShrinking {
 public:
  ProgramShrinking(programs::Program program, const Failure& failure, const Suppressions& suppressions)
      : best_{.program = std::move(program), .failure = failure}, suppressions_(suppressions) {}

  ShrunkProgram run() && {
    while (descend()) continue;
    // Without the lines that it was read from, what it says names others.
    if (!become(programs::tidied(best_.program)) && !become(programs::numbered(best_.program)))
      throw std::invalid_argument("the program does not show the finding");
    return std::move(best_);
  }

 private:
  bool descend() {
    for (programs::Program& candidate : programs::reductions(best_.program)) {
      ++best_.candidates;
      if (become(std::move(candidate))) return true;
    }
    return false;
  }

  /// False: it does not show the finding, and nothing has changed.
  bool become(programs::Program candidate) {
    std::optional<Failure> shown = still_shows(candidate, best_.failure, suppressions_);
    if (!shown) return false;
    best_.program = std::move(candidate);
    best_.failure = *std::move(shown);
    return true;
  }

  ShrunkProgram best_;
  const Suppressions& suppressions_;
};

}  // namespace

std::optional<Failure> still_shows(const programs::Program& program, const Failure& known,
                                   const Suppressions& suppressions) {
  const auto planned = programs::plan(program);
  if (!planned) return std::nullopt;
  const auto body = programs::body_of(*planned, programs::Time::simulated);
  LenientReplay replayed =
      replay_leniently(body, {.scenario = program.name, .run = known.run, .tape = known.tape},
                       known.finding.rule, near_max, suppressions);
  Failure* const same = find_same(replayed.result, known.finding);
  if (same == nullptr) return std::nullopt;
  if (goes_wrong_anyway(body, program.name, known, *same, suppressions)) return std::nullopt;
  same->default_digest = default_digest(body, known.run);
  return std::move(*same);
}

ShrunkProgram shrink_program(programs::Program program, const Failure& failure,
                             const Suppressions& suppressions) {
  return ProgramShrinking(std::move(program), failure, suppressions).run();
}

}  // namespace heddle
