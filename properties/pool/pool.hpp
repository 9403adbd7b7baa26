// What holds of Pool and ThreadPool.
#pragma once

#include <span>

#include <properties/property.hpp>

namespace heddle::properties {

std::span<const Property> of_pools();
std::span<const Property> of_pool_endings();
std::span<const Property> of_pool_counts();

}  // namespace heddle::properties
