// What holds of threads of one process.
#pragma once

#include <span>

#include <properties/property.hpp>

namespace heddle::properties {

std::span<const Property> of_threads();
std::span<const Property> of_thread_endings();

}  // namespace heddle::properties
