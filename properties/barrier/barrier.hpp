// What holds of Barrier.
#pragma once

#include <span>

#include <properties/property.hpp>

namespace heddle::properties {

std::span<const Property> of_barriers();

}  // namespace heddle::properties
