// What can be shown where output goes: lines that are rewritten, colours, how many columns.
#pragma once

#include <cstddef>
#include <functional>

namespace heddle::cli {

struct Terminal {
  bool is_live = false;  // a person watches: lines may be rewritten
  bool colour = false;
  std::size_t width = 100;
};

/// An environment variable's value; nullptr when it is not set.
using Environment = std::function<const char*(const char* name)>;

/// NO_COLOR, if set to anything, forbids colour; CLICOLOR_FORCE, if set and not 0, demands it; otherwise a
/// terminal that is not TERM=dumb gets it. COLUMNS overrides the terminal's width.
Terminal terminal_of(int fd, const Environment& environment);

/// The same from what is known of the descriptor; columns 0: not known.
Terminal terminal_of(bool is_terminal, std::size_t columns, const Environment& environment);

}  // namespace heddle::cli
