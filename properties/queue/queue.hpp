// What holds of Queue, JoinableQueue and SimpleQueue.
#pragma once

#include <span>

#include <properties/property.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {

std::span<const Property> of_queues();
std::span<const Property> of_queue_waits();

/// Of primitives wherever they live (home.hpp).
void write_bounded_queue(Writer& writer);
void write_counts_while_joined(Writer& writer);
void write_gives_up_alone(Writer& writer);

}  // namespace heddle::properties
