// What models ask of a call.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include <heddle/linearizability/call.hpp>

namespace heddle::linearizability {

struct Signature {
  std::string_view operation;
  std::size_t arguments = 0;
};

bool is_one_of(const Call& call, std::span<const Signature> signatures);

/// Whether it can have ended with this result. What an open call would have returned is unknown, so anything
/// will do.
bool may_return(const Call& call, std::string_view result);

}  // namespace heddle::linearizability
