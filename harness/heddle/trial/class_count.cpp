// The search loop of the engine, bared.
#include <fmt/format.h>

#include <heddle/core/program.hpp>
#include <heddle/core/world.hpp>
#include <heddle/strategies/registry.hpp>
#include <heddle/trial/class_count.hpp>
#include <heddle/worlds/sim/world.hpp>

namespace heddle::trial {
namespace {

void take_in(const Execution& execution, ClassCount& count) {
  const bool is_stuck = execution.ending == Ending::stuck;
  ++count.executions;
  if (is_stuck) ++count.stuck;
  count.classes.insert(execution.interleaving);
  count.outcomes.insert(fmt::format("{}{}", fmt::join(execution.outcomes, ", "), is_stuck ? " stuck" : ""));
}

}  // namespace

ClassCount count_classes(const std::function<void()>& program, std::string_view strategy,
                         const RunOptions& options, std::uint64_t executions_max) {
  const std::unique_ptr<World> world = sim::make_world();
  const std::unique_ptr<Strategy> chooser = heddle::strategy(strategy)->make(1);
  const Program named{.name = "program", .body = program};
  ClassCount count;
  for (std::uint64_t i = 0; i < executions_max && !count.exhausted && chooser->begin(i); ++i) {
    const Execution& execution = world->run(named, options, *chooser, {}, Record::nothing);
    count.exhausted = chooser->end() || execution.choice_points == 0;
    if (execution.ending == Ending::abandoned)
      ++count.abandoned;
    else
      take_in(execution, count);
  }
  return count;
}

Comparison compare_with_brute_force(const std::function<void()>& program, const RunOptions& options,
                                    std::uint64_t executions_max) {
  const ClassCount all = count_classes(program, "exhaustive", options, executions_max);
  if (!all.exhausted) return {};
  const ClassCount once = count_classes(program, "dpor", options, executions_max);
  Comparison comparison{.was_made = true};
  if (once.classes != all.classes || once.executions != all.classes.size())
    comparison.difference =
        fmt::format("{} executions and {} abandoned for {} of {} classes; ", once.executions, once.abandoned,
                    once.classes.size(), all.classes.size());
  if (once.outcomes != all.outcomes)
    comparison.difference += fmt::format("{} of {} outcomes", once.outcomes.size(), all.outcomes.size());
  return comparison;
}

}  // namespace heddle::trial
