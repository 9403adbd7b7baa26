// See the header. Every letter that troff gives a meaning to is written so that it has none.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include <heddle/cli/manual.hpp>
#include <heddle/core/version.hpp>

namespace heddle::cli {
namespace {

struct Row {
  const char* name;
  const char* meaning;
};
constexpr std::array exits{Row{"0", "clean: nothing was found; for gate: everything was as declared"},
                           Row{"1", "findings; for gate: something was not as declared"},
                           Row{"2", "inconclusive: interrupted, lost, given up, or not deterministic"},
                           Row{"3", "internal error, or the machine refused"},
                           Row{"4", "usage"},
                           Row{"5", "nothing selected: no such scenario"}};
constexpr std::array variables{Row{"NO_COLOR", "forbids colours"},
                               Row{"CLICOLOR_FORCE", "demands colours where there is no terminal"},
                               Row{"COLUMNS", "how wide text may be"}};

std::string troff(const std::string& text) {
  std::string made = text.starts_with('.') || text.starts_with('\'') ? "\\&" : "";
  for (const char letter : text) {
    if (letter == '\\')
      made += "\\e";
    else if (letter == '-')
      made += "\\-";
    else if (letter == '\'')
      made += "\\(aq";
    else
      made += letter;
  }
  return made;
}

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(), [](char letter) {
    return static_cast<char>(letter >= 'a' && letter <= 'z' ? letter - 'a' + 'A' : letter);
  });
  return text;
}

std::string entry(const std::string& title, const std::string& text) {
  return fmt::format(".TP\n{}\n{}\n", title, troff(text));
}

std::string bold(const std::string& text) { return "\\fB" + troff(text) + "\\fR"; }
std::string italic(const std::string& text) { return "\\fI" + troff(text) + "\\fR"; }

std::string flag_entry(const Argument& flag) {
  return entry(bold(flag.name) + (flag.value.empty() ? "" : " " + italic(flag.value)), flag.summary);
}

std::string usage_of(const Argument& word) {
  const std::string name = italic(word.name) + (word.is_repeated ? " ..." : "");
  return word.is_required ? name : "[" + name + "]";
}

/// Help is said of once, for all commands.
bool is_its_own(const Argument& flag) { return flag.name != "--help"; }

std::string command_text(const std::string& program, const Command& command) {
  std::string usage = bold(program + " " + command.name);
  for (const Argument& word : command.words) usage += " " + usage_of(word);
  if (std::ranges::any_of(command.flags, is_its_own)) usage += " [flags]";
  std::string text =
      fmt::format(".SS {}\n{}\n.PP\n{}.\n", troff(command.name), usage, troff(command.summary));
  for (const Argument& word : command.words) text += entry(italic(word.name), word.summary);
  for (const Argument& flag : command.flags)
    if (is_its_own(flag)) text += flag_entry(flag);
  return text;
}

template <class Rows>
std::string section(const char* name, const Rows& rows) {
  std::string text = fmt::format(".SH {}\n", name);
  for (const Row& row : rows) text += entry(bold(row.name), row.meaning);
  return text;
}

}  // namespace

std::string manual(const Synopsis& synopsis) {
  std::string text =
      fmt::format(".TH {} 1 \"\" \"heddle {}\" \"User Commands\"\n", troff(upper(synopsis.program)), version);
  text += fmt::format(".SH NAME\n{} \\- deterministic concurrency testing\n", troff(synopsis.program));
  text += fmt::format(".SH SYNOPSIS\n{} {} [flags]\n", bold(synopsis.program), italic("command"));
  text += fmt::format(".SH DESCRIPTION\n{}\n", troff(synopsis.summary));
  for (const Argument& flag : synopsis.flags) text += flag_entry(flag);
  text += ".SH COMMANDS\n";
  for (const Command& command : synopsis.commands) text += command_text(synopsis.program, command);
  return text + section("EXIT STATUS", exits) + section("ENVIRONMENT", variables);
}

}  // namespace heddle::cli
