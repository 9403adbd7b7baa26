// What holds of Pool and ThreadPool.
#pragma once

#include <span>

#include <properties/property.hpp>

namespace heddle::properties {

std::span<const Property> of_pools();

}  // namespace heddle::properties
