// A strategy that measures the length of executions draws from what it has measured. So an execution that is
// longer than all before does not count, nor do those before it: they could not have changed priorities at
// its end.
#include <algorithm>

#include <heddle/engine/promises.hpp>

namespace heddle {

void Promises::take_in(std::uint32_t depth, std::string_view strategy, std::uint64_t tasks,
                       std::uint64_t choices) {
  if (depth == 0) return;
  bound_.strategy = strategy;
  bound_.depth = std::max(bound_.depth, depth);
  bound_.tasks = std::max(bound_.tasks, tasks);
  ++bound_.executions;
  if (choices <= bound_.choices) return;
  bound_.choices = choices;
  bound_.executions = 0;
}

}  // namespace heddle
