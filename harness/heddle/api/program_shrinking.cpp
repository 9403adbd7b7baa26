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

class ProgramShrinking {
 public:
  ProgramShrinking(programs::Program program, const Failure& failure, const Suppressions& suppressions)
      : best_{.program = std::move(program), .failure = failure}, suppressions_(suppressions) {}

  ShrunkProgram run() && {
    while (descend()) continue;
    programs::Program tidy = programs::tidied(best_.program);
    // Without the lines that it was read from, what it says names others.
    auto shown = shows(tidy);
    if (!shown) {
      tidy = programs::numbered(best_.program);
      shown = shows(tidy);
    }
    if (!shown) throw std::invalid_argument("the program does not show the finding");
    best_.failure = *std::move(shown);
    best_.program = std::move(tidy);
    return std::move(best_);
  }

 private:
  bool descend() {
    for (programs::Program& candidate : programs::reductions(best_.program)) {
      ++best_.candidates;
      std::optional<Failure> shown = shows(candidate);
      if (!shown) continue;
      best_.program = std::move(candidate);
      best_.failure = *std::move(shown);
      return true;
    }
    return false;
  }

  std::optional<Failure> shows(const programs::Program& candidate) const {
    return still_shows(candidate, best_.failure, suppressions_);
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
  auto* const failed = std::get_if<Failed>(&replayed.result.verdict);
  if (failed == nullptr) return std::nullopt;
  const auto same = std::ranges::find_if(failed->failures, [&](const Failure& each) {
    return each.finding.rule == known.finding.rule && each.finding.object == known.finding.object;
  });
  if (same == failed->failures.end()) return std::nullopt;
  const bool goes_wrong_anyway = same->tape.entries.empty();
  if (goes_wrong_anyway && !known.tape.entries.empty()) return std::nullopt;
  same->default_digest = default_digest(body, known.run);
  return std::move(*same);
}

ShrunkProgram shrink_program(programs::Program program, const Failure& failure,
                             const Suppressions& suppressions) {
  return ProgramShrinking(std::move(program), failure, suppressions).run();
}

}  // namespace heddle
