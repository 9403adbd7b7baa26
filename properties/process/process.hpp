// What holds of Process.
#pragma once

#include <span>

#include <properties/property.hpp>

namespace heddle::properties {

std::span<const Property> of_processes();

}  // namespace heddle::properties
