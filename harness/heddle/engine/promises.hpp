// Gathers what executions promise of bugs that they missed (core/estimates.hpp).
#pragma once

#include <cstdint>
#include <string_view>

#include <heddle/core/estimates.hpp>

namespace heddle {

class Promises {
 public:
  /// An execution is over whose strategy looked for bugs of that depth; 0: it promises nothing.
  void take_in(std::uint32_t depth, std::string_view strategy, std::uint64_t tasks, std::uint64_t choices);
  const MissBound& bound() const { return bound_; }

 private:
  MissBound bound_;
};

}  // namespace heddle
