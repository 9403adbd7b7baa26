// What holds of Value, Array and shared memory.
#pragma once

#include <span>

#include <properties/property.hpp>

namespace heddle::properties {

std::span<const Property> of_shared();

}  // namespace heddle::properties
