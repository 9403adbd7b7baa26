// What holds of Lock, RLock, Semaphore and BoundedSemaphore.
#pragma once

#include <span>

#include <properties/property.hpp>

namespace heddle::properties {

std::span<const Property> of_locks();

}  // namespace heddle::properties
