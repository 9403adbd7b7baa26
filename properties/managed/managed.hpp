// What holds of the primitives that a manager keeps for others.
#pragma once

#include <span>

#include <properties/property.hpp>

namespace heddle::properties {

std::span<const Property> of_managed();

}  // namespace heddle::properties
