// The simulated world: a program's processes as fibers under a scheduler that decides every interleaving.
#pragma once

#include <memory>

#include <heddle/core/world.hpp>

namespace heddle::sim {

std::unique_ptr<World> make_world();

}  // namespace heddle::sim
