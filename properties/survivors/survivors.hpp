// What holds of those who live on when a process dies, wherever it was.
#pragma once

#include <span>

#include <properties/property.hpp>

namespace heddle::properties {

std::span<const Property> of_survivors();

}  // namespace heddle::properties
