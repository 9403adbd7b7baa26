// Scripts by which shells complete a command line: commands, flags, what flags take. Names of scenarios,
// rules and the like are asked for when they are wanted, so that a binary's own scenarios are completed as
// well.
#pragma once

#include <string>

#include <heddle/cli/synopsis.hpp>

namespace heddle::cli {

std::string bash_completion(const Synopsis& synopsis);
std::string zsh_completion(const Synopsis& synopsis);
std::string fish_completion(const Synopsis& synopsis);

}  // namespace heddle::cli
