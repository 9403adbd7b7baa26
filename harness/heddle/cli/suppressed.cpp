// See the header.
#include <heddle/api/heddle.hpp>
#include <heddle/cli/suppressed.hpp>

namespace heddle::cli {
namespace {

/// As one word of a shell.
std::string quoted(const std::string& word) {
  if (word.find_first_of(" \t\n'\"\\$`*?[#~=%&;|<>(){}!") == std::string::npos) return word;
  std::string made = "'";
  for (const char each : word) made += each == '\'' ? "'\\''" : std::string(1, each);
  return made + "'";
}

}  // namespace

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
  return context.replay_command + " --suppressions " + quoted(suppressions.file);
}

void tell_idle(const Suppressions& suppressions, const std::set<Suppressed>& suppressed,
               const Context& context) {
  for (const std::string& sentence : idle_lines(suppressions, suppressed)) {
    if (context.remark) context.remark(sentence);
    if (context.lines != nullptr) context.lines->note(sentence);
  }
}

}  // namespace heddle::cli
