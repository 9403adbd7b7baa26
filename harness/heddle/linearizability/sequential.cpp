// Of a call that said it has not been done, nothing is known but that.
#include <utility>

#include <heddle/linearizability/sequential.hpp>

namespace heddle::linearizability {

void Sequential::successors(const State& state, const Call& call, std::vector<State>& next) const {
  if (call.ending == Ending::failed) return next.push_back(state);
  State after = state;
  const std::optional<std::string> result = make(after, call);
  if (result && (call.ending == Ending::open || *result == call.result)) next.push_back(std::move(after));
}

}  // namespace heddle::linearizability
