// Every scenario of the corpus, in the order in which `heddle list` prints them. A scenario is one file,
// whose name is the last part of the scenario's name, and one row of the table in registry.cpp.
#pragma once

#include <heddle/core/scenario.hpp>
#include <span>

namespace heddle {

std::span<const Scenario> scenarios();

}  // namespace heddle
