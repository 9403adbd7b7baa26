// Several shares of one search as if one process had run them all.
#pragma once

#include <span>

#include <heddle/core/partial.hpp>

namespace heddle {

/// Sums, unions and maxima; the seconds are those of the slowest. A bug that several caught is the one with
/// the lowest number, or the first that shows damage. Distinct interleavings are a lower bound if a part has
/// kept fewer hashes than it counted. Has ended, is exhausted: if all are. Its share is the whole, its `made`
/// the sum. Nothing: an empty search.
Partial unite(std::span<const Partial> parts);

}  // namespace heddle
