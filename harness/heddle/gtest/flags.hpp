// The flags of a binary of HEDDLE_TESTs: --heddle-seed=7 says what HEDDLE_SEED=7 does, and --heddle-long what
// HEDDLE_LONG=1 does. GoogleTest's own main passes over flags that it does not know, so no other main is
// needed.
#pragma once

#include <span>
#include <string>

#include <heddle/api/environment.hpp>

namespace heddle::gtest {

/// A lookup that asks the flags first. Error usage for a flag that begins with --heddle- and is none.
Expected<Lookup> with_flags(std::span<const std::string> arguments, Lookup environment);

}  // namespace heddle::gtest
