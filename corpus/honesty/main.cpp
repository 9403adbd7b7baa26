// Holds the simulated world against the host: `honesty [runs] [name...]` runs each program so often on the
// host (2,000 times unless told) and prints a row for it. Exit status: 0, or 1 if a program failed, showed a
// stranger, or had too few outcomes to say anything, or 4 for a number that is none.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <heddle/api/honesty.hpp>
#include <heddle/core/error.hpp>
#include <honesty/registry.hpp>
#include <string_view>
#include <vector>

namespace heddle::honesty {
namespace {

constexpr std::uint64_t systematic_max = 3'000'000;  // executions; a minute or so for a program
constexpr std::size_t sim_outcomes_min = 3;
constexpr std::size_t host_outcomes_min = 2;

bool is_telling(const Comparison& comparison) {
  return comparison.sim.size() >= sim_outcomes_min && comparison.host.size() >= host_outcomes_min;
}

/// True if there is nothing to look into.
bool report(const HonestyProgram& program, const Comparison& comparison) {
  fmt::print("{:<40}  {:>10}  {:<9}  {:>4}  {:>5}  {:>4}  {}\n", program.name, comparison.sim_executions,
             comparison.exhausted ? "yes" : "no", comparison.sim.size(), comparison.host_runs,
             comparison.host.size(), name_of(comparison.verdict));
  for (const std::string& stranger : comparison.strangers)
    fmt::print("  STRANGER: the host shows \"{}\", sim {}\n", stranger,
               comparison.exhausted ? "never does" : "has not yet, and its search was not exhausted");
  if (!comparison.trouble.empty()) fmt::print("  TROUBLE: {}\n", comparison.trouble);
  if (!is_telling(comparison)) fmt::print("  TOO FEW: these outcomes say little about either world\n");
  std::fflush(stdout);
  return comparison.verdict != Honesty::failed && comparison.strangers.empty() && is_telling(comparison);
}

bool is_asked_for(std::string_view name, const std::vector<std::string_view>& names) {
  return names.empty() || std::ranges::find(names, name) != names.end();
}

ExitCode run(std::uint64_t runs, const std::vector<std::string_view>& names) {
  fmt::print("{:<40}  {:>10}  {:<9}  {:>4}  {:>5}  {:>4}  {}\n", "program", "executions", "exhausted", "sim",
             "runs", "host", "verdict");
  bool is_clean = true;
  for (const HonestyProgram& program : programs())
    if (is_asked_for(program.name, names))
      is_clean &=
          report(program, compare_worlds(program.body, {.systematic_max = systematic_max, .host_runs = runs},
                                         std::string(program.name)));
  return is_clean ? ExitCode::clean : ExitCode::findings;
}

}  // namespace
}  // namespace heddle::honesty

int main(int argc, char** argv) {
  const std::vector<std::string_view> words(argv + 1, argv + argc);
  std::uint64_t runs = 2'000;
  if (!words.empty()) {
    const auto [rest, error] =
        std::from_chars(words.front().data(), words.front().data() + words.front().size(), runs);
    if (error != std::errc{} || *rest != '\0' || runs == 0) {
      fmt::print(stderr, "honesty: '{}' is no number of runs\n", words.front());
      return static_cast<int>(heddle::ExitCode::usage);
    }
  }
  const std::vector<std::string_view> names(words.begin() + (words.empty() ? 0 : 1), words.end());
  return static_cast<int>(heddle::honesty::run(runs, names));
}
