// See event_pulse.cpp.
#pragma once

#include <memory>

#include <heddle/core/oracle.hpp>

namespace heddle {

std::unique_ptr<Oracle> make_event_pulse();

}  // namespace heddle
