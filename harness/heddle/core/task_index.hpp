// Which task of an execution: its number in the order of birth.
#pragma once

#include <cstdint>

namespace heddle {

using TaskIndex = std::uint32_t;
inline constexpr TaskIndex no_task = UINT32_MAX;

}  // namespace heddle
