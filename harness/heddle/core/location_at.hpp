// GoogleTest says where an assertion failed as a file's name and a line; findings hold an mp::Location,
// which the language only makes of the place where a call is written.
#pragma once

#include <mp/os/location.hpp>
#include <string_view>

namespace heddle {

/// A location with this file and line, an empty function and column 0. What it refers to is kept for the
/// life of the program, once per file and line. An empty file or a line below 1 gives an empty location.
mp::Location location_at(std::string_view file, int line);

}  // namespace heddle
