// What a search was asked to do, as JSON: all but its version and its program.
#pragma once

#include <heddle/results/json_words.hpp>
#include <heddle/results/result_file.hpp>

namespace heddle::results {

Json of_asked(const Asked& asked);
void options_from(const Json& json, Asked& asked);

}  // namespace heddle::results
