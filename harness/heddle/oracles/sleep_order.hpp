// Makes the oracle of order that comes of a sleep alone.
#pragma once

#include <heddle/core/oracle.hpp>
#include <memory>

namespace heddle {

std::unique_ptr<Oracle> make_sleep_order();

}  // namespace heddle
