// Drawing small programs.
#include <fmt/format.h>

#include <heddle/api/heddle.hpp>
#include <heddle/core/random.hpp>
#include <heddle/trial/small_acts.hpp>

namespace heddle::trial {
namespace {

std::span<const std::string_view> acts_of(Granularity granularity) {
  return granularity == Granularity::op ? small_operations() : small_calls();
}

}  // namespace

SmallProgram draw_small_program(Granularity granularity, std::uint64_t number) {
  Random random(1, number);
  const auto acts = static_cast<std::uint32_t>(acts_of(granularity).size());
  SmallProgram program{.granularity = granularity};
  const std::uint32_t children = 1 + random.below(2);
  for (std::uint32_t task = 0; task <= children; ++task) {
    auto& row = program.tasks.emplace_back();
    const std::uint32_t least = task == 0 ? 0 : 1;
    const std::uint32_t count = least + random.below(children == 1 ? 4 : 2);
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::uint32_t what = random.below(task == 0 ? acts : acts - 1);
      row.push_back({.what = what, .which = random.below(what + 1 == acts ? children : 2)});
    }
  }
  return program;
}

void run_small_program(const SmallProgram& program) {
  if (program.granularity == Granularity::op)
    run_small_operations(program);
  else
    run_small_calls(program);
}

std::string words_of(const SmallProgram& program) {
  std::string words;
  for (const auto& task : program.tasks) {
    for (const SmallProgram::Act& act : task)
      words += fmt::format("{} {}, ", acts_of(program.granularity)[act.what], act.which);
    words += "| ";
  }
  return words;
}

void Gifts::say() const {
  std::string gave;
  for (const auto& row : gave_) gave += fmt::format("{} | ", fmt::join(row, " "));
  outcome(gave);
}

}  // namespace heddle::trial
