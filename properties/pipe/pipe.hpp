// What holds of Pipe.
#pragma once

#include <span>

#include <properties/property.hpp>

namespace heddle::properties {

std::span<const Property> of_pipes();

}  // namespace heddle::properties
