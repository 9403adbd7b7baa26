// What holds between a manager's server and its clients.
#pragma once

#include <span>

#include <properties/property.hpp>

namespace heddle::properties {

std::span<const Property> of_clients();

}  // namespace heddle::properties
