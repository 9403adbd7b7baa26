// What holds of Condition and Event.
#pragma once

#include <span>

#include <properties/property.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {

std::span<const Property> of_conditions();

/// Of primitives wherever they live (home.hpp).
void write_notifies_as_many(Writer& writer);
void write_condition_gives_up(Writer& writer);
void write_event_wakes_all(Writer& writer);
void write_event_stays_set(Writer& writer);

}  // namespace heddle::properties
