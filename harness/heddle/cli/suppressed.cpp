// See the header.
#include <heddle/api/heddle.hpp>
#include <heddle/cli/suppressed.hpp>
#include <heddle/core/shell_word.hpp>

namespace heddle::cli {
Expected<Suppressions> suppressions_in(const std::string& file, const Context& context) {
  if (file.empty()) return Suppressions{};
  return load_suppressions(file, context.today);
}

Suppressions undeclared(const Suppressions& suppressions, const Scenario& declared) {
  std::set<std::string, std::less<>> rules;
  for (const ExpectedFinding& each : declared.expected) rules.emplace(each.rule);
  return without_rules(suppressions, rules);
}

std::string replaying_with(const Suppressions& suppressions, const Context& context) {
  if (suppressions.is_idle()) return context.replay_command;
  return context.replay_command + " --suppressions " + shell_word(suppressions.file);
}

void tell_idle(const Suppressions& suppressions, const std::set<Suppressed>& suppressed,
               const Context& context) {
  for (const std::string& sentence : idle_lines(suppressions, suppressed)) {
    if (context.remark) context.remark(sentence);
    if (context.lines != nullptr) context.lines->note(sentence);
  }
}

}  // namespace heddle::cli
