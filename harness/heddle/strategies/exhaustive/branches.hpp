// A share of a tree of choices: of its first branches, so many that each share gets several, a process takes
// those whose hash falls to it, and gives the others up as soon as it stands before them. So nobody hands out
// work, and what one process runs, no other does; but an execution that ends before the branches begin is run
// by each.
#pragma once

#include <cstdint>
#include <memory>

#include <heddle/core/strategy.hpp>

namespace heddle {

/// `whole` goes through a tree depth first and comes to an end. 0 <= index < count.
std::unique_ptr<Strategy> make_branches(std::unique_ptr<Strategy> whole, std::uint64_t index,
                                        std::uint64_t count);

}  // namespace heddle
