// What holds of Queue, JoinableQueue and SimpleQueue.
#pragma once

#include <span>

#include <properties/property.hpp>

namespace heddle::properties {

std::span<const Property> of_queues();

}  // namespace heddle::properties
