// A process or a thread of a case: makes the calls that it is told, with the rows by which heddle's own
// programs are run (harness/heddle/programs/objects/), and answers.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <adapters/heddle/line.hpp>
#include <heddle/conform/wire.hpp>

namespace heddle::adapter {

/// What every process of a case inherits.
struct Casting {
  conform::CaseBegun begun;
  std::map<std::string, int> lines = {};  // the descriptor by which each process and thread is spoken to
};

std::vector<std::string> instances_of(const conform::ScriptTold& script);

/// Everything that programs have a word for.
std::vector<std::string> capabilities();

/// In a process of its own, which it ends.
[[noreturn]] void play_main(Casting casting);

}  // namespace heddle::adapter
