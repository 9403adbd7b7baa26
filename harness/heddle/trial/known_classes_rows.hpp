// The two halves of the table of known classes.
#pragma once

#include <span>

#include <heddle/trial/known_classes.hpp>

namespace heddle::trial {

std::span<const KnownClasses> known_classes_over_words();
std::span<const KnownClasses> known_classes_over_locks();

}  // namespace heddle::trial
