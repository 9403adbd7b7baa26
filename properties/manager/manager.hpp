// What holds of Manager and its proxies.
#pragma once

#include <span>

#include <properties/property.hpp>

namespace heddle::properties {

std::span<const Property> of_managers();

}  // namespace heddle::properties
