// What holds of Lock, RLock, Semaphore and BoundedSemaphore.
#pragma once

#include <span>

#include <properties/property.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {

std::span<const Property> of_locks();
std::span<const Property> of_many_locks();

/// Of primitives wherever they live (home.hpp).
void write_semaphore_counts(Writer& writer);
void write_bounded_semaphore_counts(Writer& writer);
void write_bounded_semaphore_rejects(Writer& writer);
void write_semaphore_refuses_nobody(Writer& writer);

}  // namespace heddle::properties
