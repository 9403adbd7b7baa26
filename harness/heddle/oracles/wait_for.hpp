// See wait_for.cpp.
#pragma once

#include <memory>

#include <heddle/core/oracle.hpp>

namespace heddle {

std::unique_ptr<Oracle> make_wait_for();

}  // namespace heddle
