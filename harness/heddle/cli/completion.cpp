// See the header. Text of ours goes into single quotes, by each shell's own rules.
#include <fmt/format.h>

#include <cctype>

#include <heddle/cli/completion.hpp>

namespace heddle::cli {
namespace {

/// The names in the first column of a table of heddle's.
constexpr const char* first_column = "sed '1d;s/ .*//'";

/// What a shell's function can be called.
std::string identifier(const std::string& program) {
  std::string name = "_";
  for (const char letter : program)
    name += std::isalnum(static_cast<unsigned char>(letter)) != 0 ? letter : '_';
  return name;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

template <class Named>
std::string names_of(const std::vector<Named>& all) {
  std::string names;
  for (const Named& each : all) names += (names.empty() ? "" : " ") + each.name;
  return names;
}

// --- bash -----------------------------------------------------------------------------------------------

std::string bash_words(const std::string& words) {
  return fmt::format("mapfile -t COMPREPLY < <(compgen -W {} -- \"$word\")", words);
}

std::string bash_action(const Argument& argument) {
  const std::string table = table_of(argument);
  const std::string files = takes_folder(argument) ? "compgen -d" : takes_file(argument) ? "compgen -f" : "";
  std::string action;
  if (!table.empty())
    action = bash_words(fmt::format("\"$(\"$program\" {} 2>/dev/null | {})\"", table, first_column));
  else if (const auto choices = choices_of(argument); !choices.empty())
    action = bash_words(fmt::format("'{}'", fmt::join(choices, " ")));
  if (files.empty()) return action.empty() ? ":" : action;
  if (!action.empty()) action += "; ";
  return action + fmt::format(
                      "compopt -o filenames 2>/dev/null; mapfile -t -O ${{#COMPREPLY[@]}} COMPREPLY < <({} "
                      "-- \"$word\")",
                      files);
}

std::string bash_command(const Command& command) {
  std::string text;
  for (const Argument& flag : command.flags)
    if (!flag.value.empty())
      text += fmt::format("    {}:{}) {} ;;\n", command.name, flag.name, bash_action(flag));
  const std::string word = command.words.empty() ? ":" : bash_action(command.words.front());
  return text +
         fmt::format(
             "    {}:*)\n      if [[ $word == -* ]]; then\n        {}\n      else\n        {}\n      fi ;;\n",
             command.name, bash_words(fmt::format("'{}'", names_of(command.flags))), word);
}

// --- zsh ------------------------------------------------------------------------------------------------

/// Within single quotes, where brackets and colons divide.
std::string zsh_words(const std::string& text) {
  std::string made;
  for (const char letter : text) {
    if (letter == '[' || letter == ']' || letter == ':' || letter == '\\') made += '\\';
    made += letter;
  }
  return replaced(std::move(made), "'", "'\\''");
}

std::string zsh_action(const Argument& argument, const std::string& function) {
  const std::string table = table_of(argument);
  if (!table.empty())
    return fmt::format(" {}_table {}{}", function, table, takes_file(argument) ? " files" : "");
  if (takes_folder(argument)) return "_files -/";
  if (takes_file(argument)) return "_files";
  const auto choices = choices_of(argument);
  return choices.empty() ? " " : fmt::format("({})", fmt::join(choices, " "));
}

std::string zsh_argument(const Argument& argument, const std::string& function) {
  const std::string what = fmt::format(":{}:{}", zsh_words(argument.value), zsh_action(argument, function));
  if (!argument.name.starts_with('-')) return fmt::format("'{}{}'", argument.is_repeated ? "*" : "", what);
  const std::string flag =
      fmt::format("{}[{}]", argument.value.empty() ? "" : "=", zsh_words(argument.summary));
  return fmt::format("'{}{}{}{}'", argument.is_repeated ? "*" : "", argument.name, flag,
                     argument.value.empty() ? "" : what);
}

std::string zsh_command(const Command& command, const std::string& function) {
  std::string text = fmt::format("    {})\n      _arguments", command.name);
  for (const auto& arguments : {command.flags, command.words})
    for (const Argument& each : arguments) text += " \\\n        " + zsh_argument(each, function);
  return text + " ;;\n";
}

// --- fish -----------------------------------------------------------------------------------------------

std::string fish_quoted(const std::string& text) {
  return "'" + replaced(replaced(text, "\\", "\\\\"), "'", "\\'") + "'";
}

std::string fish_value(const Argument& argument, const std::string& program) {
  const std::string table = table_of(argument);
  std::string value;
  if (!table.empty())
    value += " -a " + fish_quoted(fmt::format("({} {} 2>/dev/null | {})", program, table, first_column));
  else if (takes_folder(argument))
    value += " -a '(__fish_complete_directories)'";
  else if (const auto choices = choices_of(argument); !choices.empty())
    value += fmt::format(" -a '{}'", fmt::join(choices, " "));
  return value + (takes_file(argument) ? " -F" : "");
}

std::string fish_command(const Command& command, const std::string& program) {
  const std::string line =
      fmt::format("complete -c {} -n '__fish_seen_subcommand_from {}'", program, command.name);
  std::string text = fmt::format("complete -c {} -n __fish_use_subcommand -a {} -d {}\n", program,
                                 command.name, fish_quoted(command.summary));
  for (const Argument& flag : command.flags)
    text += fmt::format("{} -l {}{}{} -d {}\n", line, flag.name.substr(2), flag.value.empty() ? "" : " -r",
                        fish_value(flag, program), fish_quoted(flag.summary));
  for (const Argument& word : command.words) text += line + fish_value(word, program) + "\n";
  return text;
}

}  // namespace

std::string bash_completion(const Synopsis& synopsis) {
  const std::string function = identifier(synopsis.program);
  std::string text = fmt::format(
      "# Completes {0} in bash: source <({0} completion bash)\n"
      "{1}() {{\n"
      "  local program=$1 word=$2 before=$3\n"
      "  COMPREPLY=()\n"
      "  if ((COMP_CWORD == 1)); then\n"
      "    {2}\n"
      "    return\n"
      "  fi\n"
      "  # --flag=value is three words to bash.\n"
      "  [[ $word == = ]] && word=\n"
      "  [[ $before == = ]] && before=${{COMP_WORDS[COMP_CWORD - 2]}}\n"
      "  case ${{COMP_WORDS[1]}}:$before in\n",
      synopsis.program, function,
      bash_words(fmt::format("'{} {}'", names_of(synopsis.commands), names_of(synopsis.flags))));
  for (const Command& command : synopsis.commands) text += bash_command(command);
  return text + fmt::format("  esac\n}}\ncomplete -F {} {}\n", function, synopsis.program);
}

std::string zsh_completion(const Synopsis& synopsis) {
  const std::string function = identifier(synopsis.program);
  std::string text = fmt::format(
      "#compdef {0}\n"
      "# Completes {0} in zsh: source <({0} completion zsh)\n"
      "{1}_table() {{\n"
      "  local -a names\n"
      "  names=(${{(f)\"$($program $1 2>/dev/null | {2})\"}})\n"
      "  compadd -a names\n"
      "  [[ $2 != files ]] || _files\n"
      "}}\n"
      "{1}() {{\n"
      "  local program=$words[1] command=$words[2]\n"
      "  if (( CURRENT == 2 )); then\n"
      "    local -a commands\n"
      "    commands=(\n",
      synopsis.program, function, first_column);
  for (const Command& command : synopsis.commands)
    text += fmt::format("      '{}:{}'\n", command.name, zsh_words(command.summary));
  text +=
      "    )\n"
      "    _describe command commands\n"
      "    return\n"
      "  fi\n"
      "  shift words\n"
      "  (( CURRENT-- ))\n"
      "  case $command in\n";
  for (const Command& command : synopsis.commands) text += zsh_command(command, function);
  return text + fmt::format(
                    "  esac\n"
                    "}}\n"
                    "if [[ $funcstack[1] == {0} ]]; then {0} \"$@\"; else compdef {0} {1}; fi\n",
                    function, synopsis.program);
}

std::string fish_completion(const Synopsis& synopsis) {
  std::string text = fmt::format(
      "# Completes {0} in fish: {0} completion fish | source\ncomplete -c {0} -f\n", synopsis.program);
  for (const Command& command : synopsis.commands) text += fish_command(command, synopsis.program);
  return text;
}

}  // namespace heddle::cli
