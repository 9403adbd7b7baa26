// Where in the user's program something was asked for. A thin name for std::source_location so that
// every public operation can take one defaulted parameter, and so that a location costs one pointer.
#pragma once

#include <source_location>

namespace mp {

using Location = std::source_location;

}  // namespace mp
