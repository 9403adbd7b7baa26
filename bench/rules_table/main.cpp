// The rules on the misuse corpus: of each rule how many of its planted programs are found by every seed, in
// how many executions (median over plants and seeds), how many are told of by an execution without harm, and
// how many of the mended twins are silent. One table in Markdown, which is what docs/performance.md has.
//
// Exit status: 0; 1 with --require-all if a plant was missed by a seed or a twin was not silent; 4 for a word
// that is not understood.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <bench/rules_table/measure.hpp>
#include <heddle/core/error.hpp>
#include <scenarios/registry.hpp>
#include <string>
#include <vector>

namespace heddle::rules_table {
namespace {

struct Asked {
  std::vector<std::string> rules;  // empty: all
  Limits limits;
  bool require_all = false;
};

bool print_row(const Rule& rule, const Limits& limits) {
  const Measured measured = measure(rule, scenarios(), limits);
  if (measured.plants == 0) return true;
  fmt::print("| `{}` | {} | {}/{} | {:g} | {} | {}/{} |\n", rule.id,
             rule.severity == Severity::error ? "E" : "W", measured.caught, measured.plants,
             median_of(measured.executions),
             rule.predicts ? fmt::format("{}/{}", measured.predicted, measured.plants) : "", measured.silent,
             measured.twins);
  std::fflush(stdout);
  return measured.caught == measured.plants && measured.silent == measured.twins;
}

ExitCode run(const Asked& asked) {
  for (const std::string& name : asked.rules)
    if (rule(name) == nullptr) throw CLI::ValidationError(name, "there is no rule of the name");
  fmt::print("| rule | severity | plants found | median executions | predicted | twins silent |\n");
  fmt::print("|---|---|---:|---:|---:|---:|\n");
  bool are_all_right = true;
  for (const Rule& rule : rules())
    if (asked.rules.empty() || std::ranges::find(asked.rules, rule.id) != asked.rules.end())
      are_all_right = print_row(rule, asked.limits) && are_all_right;
  return asked.require_all && !are_all_right ? ExitCode::findings : ExitCode::clean;
}

}  // namespace
}  // namespace heddle::rules_table

int main(int argc, char** argv) {
  using namespace heddle::rules_table;
  CLI::App app("what each rule finds of the misuse corpus");
  Asked asked;
  app.add_option("--rules", asked.rules, "only these")->delimiter(',');
  app.add_option("--seeds", asked.limits.seeds, "how many seeds, from 1 on")->check(CLI::PositiveNumber);
  app.add_option("--cap", asked.limits.plant_cap, "executions of a planted program for each seed")
      ->check(CLI::PositiveNumber);
  app.add_option("--twins", asked.limits.twin_executions, "executions of a twin")->check(CLI::PositiveNumber);
  app.add_flag("--require-all", asked.require_all, "fail unless all plants are found and all twins silent");
  try {
    app.parse(argc, argv);
    return static_cast<int>(run(asked));
  } catch (const CLI::Success& success) {
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    app.exit(error);
    return static_cast<int>(heddle::ExitCode::usage);
  }
}
