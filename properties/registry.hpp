// The table of properties, by primitive.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include <properties/property.hpp>

namespace heddle::properties {

std::vector<Property> properties();
/// Those whose names begin so: "queue/".
std::vector<Property> properties_of(std::string_view primitive);

}  // namespace heddle::properties
