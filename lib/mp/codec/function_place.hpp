// A function of the program for a process that may have the same image elsewhere, or another program
// altogether: what a manager's client names when its Pool is to call it. Its address would mean nothing
// there.
#pragma once

#include <cstdint>

#include <mp/codec/coder.hpp>

namespace mp {

/// A place in the code of an image, which is known by its build id.
struct FunctionPlace {
  Bytes build_id = {};  // empty: it names no function
  std::uint64_t offset = 0;

  void encode(Encoder& encoder) const;
  static FunctionPlace decode(Decoder& decoder);
  friend bool operator==(const FunctionPlace&, const FunctionPlace&) = default;
};

/// Of null, a place that names no function. RuntimeError: there is no such code, or the linker has left its
/// image without a build id.
FunctionPlace place_of_function(std::uintptr_t address);

/// 0: this process has no such image, or no code there.
std::uintptr_t function_at_place(const FunctionPlace& place);

}  // namespace mp
