// What holds of Condition and Event.
#pragma once

#include <span>

#include <properties/property.hpp>

namespace heddle::properties {

std::span<const Property> of_conditions();

}  // namespace heddle::properties
