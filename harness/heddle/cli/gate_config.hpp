// A gate's configuration, heddle.toml: what a command line would say, kept in a file
// (docs/reference/gate.md).
#pragma once

#include <string>
#include <string_view>

#include <heddle/cli/request.hpp>
#include <heddle/core/error.hpp>

namespace heddle::cli {

/// What the file says; all else is as by default. File names in it are told from its own folder. Error
/// config-malformed, with the line, for what is no TOML, has a key nobody knows, or a value of another kind.
Expected<JudgeScenarios> read_gate_config(std::string_view text, const std::string& file);

/// Errors config-unreadable and config-malformed.
Expected<JudgeScenarios> load_gate_config(const std::string& file);

}  // namespace heddle::cli
