// What a command line understands, as values: taken from its own definitions (command_line.hpp), so that the
// scripts that complete it and its manual page say what it does.
#pragma once

#include <string>
#include <vector>

namespace heddle::cli {

/// A flag, or a word that stands for itself.
struct Argument {
  std::string name;     // "--seed"; without a flag "scenario"
  std::string summary;  // what it means
  std::string value;    // what is to be written: "N", "{op,os}", "FILE"; empty for a flag that takes nothing
  bool is_required = false;
  bool is_repeated = false;
};

struct Command {
  std::string name;
  std::string summary;
  std::vector<Argument> flags;
  std::vector<Argument> words;
};

struct Synopsis {
  std::string program;  // "heddle"
  std::string summary;
  std::vector<Argument> flags;  // without a command
  std::vector<Command> commands;
};

/// "{op,os}": op and os. Empty for any other value.
std::vector<std::string> choices_of(const Argument& argument);

/// The command whose table lists what can be written: "strategies" for "STRATEGY". Empty: there is none.
std::string table_of(const Argument& argument);

/// Can a file, or nothing but a folder, be named?
bool takes_file(const Argument& argument);
bool takes_folder(const Argument& argument);

}  // namespace heddle::cli
