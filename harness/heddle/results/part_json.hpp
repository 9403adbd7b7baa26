// What one process has seen of a search, as JSON.
#pragma once

#include <heddle/core/partial.hpp>
#include <heddle/results/json_words.hpp>

namespace heddle::results {

Json of_part(const Partial& part);
Partial part_from(const Json& json);

}  // namespace heddle::results
