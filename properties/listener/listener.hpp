// Properties of Listener and Client.
#pragma once

#include <span>

#include <properties/property.hpp>

namespace heddle::properties {

std::span<const Property> of_listeners();

}  // namespace heddle::properties
