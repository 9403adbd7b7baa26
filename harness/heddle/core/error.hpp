// What a user or a machine got wrong, as a value that travels up to the CLI (DESIGN §10, kind 3): what is
// wrong, and what to do about it. Listed in docs/errors.md by code.
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace heddle {

/// Exit codes are an API.
enum class ExitCode : int {
  clean = 0,
  findings = 1,
  inconclusive = 2,  // the budget ended before what was asked, or the program is nondeterministic
  internal = 3,      // our bug, or the machine's refusal
  usage = 4,         // a bad flag, a malformed or foreign token
  nothing = 5,       // nothing selected
};

struct Error {
  std::string code;  // "token-corrupt": stable, a row of docs/errors.md
  std::string what;
  std::string hint;  // what to do
  ExitCode exit = ExitCode::usage;
};

template <class T>
using Expected = tl::expected<T, Error>;

}  // namespace heddle
