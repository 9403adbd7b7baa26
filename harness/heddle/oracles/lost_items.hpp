// See lost_items.cpp.
#pragma once

#include <memory>

#include <heddle/core/oracle.hpp>

namespace heddle {

std::unique_ptr<Oracle> make_lost_items();

}  // namespace heddle
