// See cut_off.cpp.
#pragma once

#include <memory>

#include <heddle/core/oracle.hpp>

namespace heddle {

std::unique_ptr<Oracle> make_cut_off();

}  // namespace heddle
