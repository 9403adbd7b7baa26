// What holds of Barrier.
#pragma once

#include <span>

#include <properties/property.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {

std::span<const Property> of_barriers();
std::span<const Property> of_barrier_endings();

/// Of primitives wherever they live (home.hpp).
void write_all_or_none(Writer& writer);
void write_breaks_for_all(Writer& writer);
void write_tells_who_comes_late(Writer& writer);
void write_reset_tells(Writer& writer);

}  // namespace heddle::properties
