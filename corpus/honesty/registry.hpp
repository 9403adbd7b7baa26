// The programs whose outcomes in the simulated world are held against those on the host. A program is one
// function of the file named like its group, and one row of the table in registry.cpp.
#pragma once

#include <honesty/program.hpp>
#include <span>

namespace heddle::honesty {

std::span<const HonestyProgram> programs();

}  // namespace heddle::honesty
