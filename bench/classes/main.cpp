// Classes: runs the standard programs whose classes are known (trial/known_classes.hpp) under dpor and says
// of each how many classes there should be, how many it found, in how many executions, how many it abandoned,
// and how fast. Names on the command line pick programs by how they begin. `--small COUNT` instead compares
// dpor with brute force on so many small programs (trial/small_program.hpp).
//
// Exit status: 0; 1 if a program has another number of classes than it should, or was not run once for each;
// 4 for a number that is none.
#include <fmt/format.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/trial/class_count.hpp>
#include <heddle/trial/known_classes.hpp>
#include <heddle/trial/small_program.hpp>

namespace heddle::classes {
namespace {

constexpr std::uint64_t executions_max = 5'000'000;
constexpr std::uint64_t small_executions_max = 5'000;

bool is_asked_for(std::string_view name, const std::vector<std::string_view>& asked) {
  if (asked.empty()) return true;
  for (const std::string_view each : asked)
    if (name.starts_with(each)) return true;
  return false;
}

bool run(const trial::KnownClasses& known) {
  const auto begin = std::chrono::steady_clock::now();
  const trial::ClassCount count =
      trial::count_classes(known.program, "dpor", {.granularity = known.granularity()}, executions_max);
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
  const bool is_right = count.exhausted && count.classes.size() == known.classes &&
                        count.executions == known.classes && count.abandoned == 0 &&
                        (known.orders == 0 || count.outcomes.size() == known.orders);
  fmt::print("| {} | {} | {} | {} | {} | {} | {:.0f} |{}\n", known.name, known.classes, count.classes.size(),
             count.executions, count.abandoned, known.orders == 0 ? 0 : count.outcomes.size(),
             static_cast<double>(count.executions) / spent.count(), is_right ? "" : " differs");
  return is_right;
}

// Those with more interleavings than brute force may run are left out, and counted.
bool compare_small(Granularity granularity, std::uint64_t programs) {
  std::uint64_t compared = 0;
  std::uint64_t different = 0;
  for (std::uint64_t number = 0; number < programs; ++number) {
    const trial::SmallProgram program = trial::draw_small_program(granularity, number);
    const trial::Comparison comparison = trial::compare_with_brute_force(
        [&] { trial::run_small_program(program); }, {.granularity = granularity}, small_executions_max);
    if (comparison.was_made) ++compared;
    if (comparison.difference.empty()) continue;
    ++different;
    fmt::print("{}: {}: {}\n", number, words_of(program), comparison.difference);
  }
  fmt::print("{} small programs at {}, {} compared with brute force, {} different\n", programs,
             name_of(granularity), compared, different);
  return different == 0;
}

int compare_small(std::string_view programs) {
  std::uint64_t count = 0;
  const auto [rest, error] = std::from_chars(programs.data(), programs.data() + programs.size(), count);
  if (error != std::errc{} || rest != programs.data() + programs.size() || count == 0) {
    fmt::print(stderr, "classes: '{}' is no number of programs\n", programs);
    return 4;
  }
  const bool are_right = compare_small(Granularity::op, count);
  return compare_small(Granularity::os, count) && are_right ? 0 : 1;
}

int main(const std::vector<std::string_view>& asked) {
  if (asked.size() == 2 && asked[0] == "--small") return compare_small(asked[1]);
  fmt::print("| program | expected | classes | executions | abandoned | orders of locks | executions/s |\n");
  fmt::print("|---|---:|---:|---:|---:|---:|---:|\n");
  bool are_right = true;
  for (const trial::KnownClasses& known : trial::known_classes())
    if (is_asked_for(known.name, asked)) are_right = run(known) && are_right;
  return are_right ? 0 : 1;
}

}  // namespace
}  // namespace heddle::classes

int main(int argc, char** argv) {
  return heddle::classes::main(std::vector<std::string_view>(argv + 1, argv + argc));
}
