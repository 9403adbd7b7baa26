// What decides about a failure, in words.
#pragma once

#include <string>

#include <heddle/core/verdict.hpp>

namespace heddle::story {

/// "worker-2 runs instead of main, which stands at tasks.join()", "fault kill strikes worker-1".
std::string words_of(const Essential& essential);

/// "tasks.get() of worker-2 (step 6) comes before tasks.join() of main (step 11)".
std::string words_of(const CriticalPair& pair);

}  // namespace heddle::story
