// The properties of the primitives: of each so many programs, drawn by chance, are explored, and how many
// executions that took and how long. One table in Markdown, which is what docs/performance.md has.
//
// Exit status: 0; 1 if a property did not hold, with the program that shows it; 4 for a word that is not
// understood.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <heddle/core/error.hpp>
#include <heddle/programs/print.hpp>
#include <properties/checking.hpp>
#include <properties/registry.hpp>
#include <string>

namespace heddle::properties {
namespace {

struct Asked {
  std::string of;  // how their names begin; empty: all
  std::uint64_t programs = 200;
  std::uint64_t executions = 50;  // of each
  std::uint64_t seed = 1;
};

bool print_row(const Property& property, const Asked& asked) {
  constexpr std::uint32_t sizes = 5;
  const auto began = std::chrono::steady_clock::now();
  std::uint64_t executions = 0;
  for (std::uint64_t number = 0; number < asked.programs; ++number) {
    Random chance(asked.seed, number);
    const programs::Program program =
        program_of(property.draw(chance, 1 + static_cast<std::uint32_t>(number % sizes)));
    const Checked checked = check(property, program, number, asked.executions);
    executions += checked.executions;
    if (!checked.broken && checked.lacking.empty()) continue;
    fmt::print("{} does not hold: {}\n{}", property.name,
               checked.broken ? checked.broken->finding.sentence : checked.lacking + " was not found",
               programs::print(program));
    return false;
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  fmt::print("| `{}` | {} | {:.2f} |\n", property.name, executions, took.count());
  std::fflush(stdout);
  return true;
}

ExitCode run(const Asked& asked) {
  fmt::print("| property | executions | seconds |\n|---|---:|---:|\n");
  bool do_all_hold = true;
  for (const Property& property : properties_of(asked.of))
    do_all_hold = print_row(property, asked) && do_all_hold;
  return do_all_hold ? ExitCode::clean : ExitCode::findings;
}

}  // namespace
}  // namespace heddle::properties

int main(int argc, char** argv) {
  using namespace heddle::properties;
  CLI::App app("what holds of the primitives, and in how many executions");
  Asked asked;
  app.add_option("--of", asked.of, "only those whose names begin so: queue/");
  app.add_option("--programs", asked.programs, "how many of each property")->check(CLI::PositiveNumber);
  app.add_option("--executions", asked.executions, "how many of each program")->check(CLI::PositiveNumber);
  app.add_option("--seed", asked.seed, "of the programs")->check(CLI::NonNegativeNumber);
  try {
    app.parse(argc, argv);
    return static_cast<int>(run(asked));
  } catch (const CLI::Success& told) {
    return app.exit(told);
  } catch (const CLI::Error& error) {
    fmt::print(stderr, "properties_table: {}\n", error.what());
    return static_cast<int>(heddle::ExitCode::usage);
  }
}
