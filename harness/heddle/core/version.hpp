// The version of heddle that this is, as tokens' readers, reports and --version tell it.
#pragma once

#include <string_view>

namespace heddle {

inline constexpr std::string_view version = "0.1.0";

}  // namespace heddle
