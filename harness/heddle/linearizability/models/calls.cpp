#include <algorithm>

#include <heddle/linearizability/models/calls.hpp>

namespace heddle::linearizability {

bool is_one_of(const Call& call, std::span<const Signature> signatures) {
  return std::ranges::any_of(signatures, [&](const Signature& each) {
    return each.operation == call.operation && each.arguments == call.arguments.size();
  });
}

bool may_return(const Call& call, std::string_view result) {
  return call.ending == Ending::open || (call.ending == Ending::returned && call.result == result);
}

}  // namespace heddle::linearizability
