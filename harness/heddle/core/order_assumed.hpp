// The word by which a program's declaration, that it relies on the order of a queue's items, reaches the
// oracles: as a fact that the Os is told (see api/assume_order.hpp).
#pragma once

#include <string_view>

namespace heddle {

inline constexpr std::string_view order_assumed = "order assumed";

}  // namespace heddle
