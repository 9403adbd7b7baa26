// See the header.
#include <filesystem>

#include <heddle/cli/subject.hpp>
#include <heddle/programs/parse.hpp>

namespace heddle::cli {

Expected<LoadedProgram> LoadedProgram::load(const std::string& file) {
  auto program = programs::parse_file(file);
  if (!program) return tl::unexpected(program.error());
  auto plan = programs::plan(*std::move(program), file);
  if (!plan) return tl::unexpected(plan.error());
  LoadedProgram loaded;
  loaded.held_ = std::make_shared<Held>(Held{.file = file, .plan = *plan, .outcomes = {}});
  Held& held = *loaded.held_;
  held.outcomes = programs::outcome_lines(held.plan->program);
  held.declared.name = held.file;
  for (const programs::RuleExpectation& expected : held.plan->program.findings)
    held.declared.expected.push_back({.rule = expected.rule, .with_harm = expected.with_harm});
  held.declared.outcomes.assign(held.outcomes.begin(), held.outcomes.end());
  return loaded;
}

Expected<Subject> find_subject(std::span<const Scenario> scenarios, const std::string& name,
                               programs::Time time) {
  const auto scenario = find_scenario(scenarios, name);
  if (scenario) return Subject{.declared = **scenario, .body = (*scenario)->body};
  std::error_code ignored;  // what cannot be looked at is no file
  if (!name.ends_with(".program") && !std::filesystem::is_regular_file(name, ignored))
    return tl::unexpected(scenario.error());
  auto program = LoadedProgram::load(name);
  if (!program) return tl::unexpected(program.error());
  return Subject{.declared = program->declared(), .body = program->body(time), .program = *program};
}

}  // namespace heddle::cli
