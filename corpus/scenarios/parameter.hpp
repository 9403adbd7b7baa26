// Scenarios as parameters of tests: how GoogleTest shows and names them.
#pragma once

#include <gtest/gtest.h>

#include <cctype>
#include <ostream>
#include <string>

#include <heddle/core/scenario.hpp>

namespace heddle {

/// Found by its name.
inline void PrintTo(const Scenario& scenario, std::ostream* out) { *out << scenario.name; }

/// "misuse/lock-orphaned-1" -> "LockOrphaned1".
inline std::string test_name(const testing::TestParamInfo<Scenario>& info) {
  std::string name;
  bool begins_word = true;
  for (const char letter : info.param.name.substr(info.param.name.find('/') + 1)) {
    if (letter == '-') {
      begins_word = true;
      continue;
    }
    name += begins_word ? static_cast<char>(std::toupper(static_cast<unsigned char>(letter))) : letter;
    begins_word = false;
  }
  return name;
}

}  // namespace heddle
