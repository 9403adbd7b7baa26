// The one option that every object has: a name for reports. Without one, a report says "lock 2 of main".
#pragma once

#include <string_view>

namespace mp {

struct NameOption {
  std::string_view name = {};  // read during construction only
};

}  // namespace mp
