// What holds of the ends of pools and of the lives of their workers.
#pragma once

#include <span>

#include <properties/property.hpp>

namespace heddle::properties {

std::span<const Property> of_workers();

}  // namespace heddle::properties
