// Lines to paste into a shell.
#pragma once

#include <string>

namespace heddle {

/// The text as one word of a POSIX shell: as it is where no letter of it means anything there, else in
/// quotes.
std::string shell_word(const std::string& text);

}  // namespace heddle
