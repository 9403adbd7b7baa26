// What holds of threads of one process that share a handle.
#pragma once

#include <span>

#include <properties/property.hpp>

namespace heddle::properties {

std::span<const Property> of_threads();

}  // namespace heddle::properties
