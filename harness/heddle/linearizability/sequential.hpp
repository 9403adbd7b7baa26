// The model of an object each of whose calls has one result in a state: most that are not meant for several
// clients at a time. It is written as such an object, with its state in words.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <heddle/linearizability/model.hpp>

namespace heddle::linearizability {

class Sequential : public Model {
 public:
  bool admits(const Call&) const override { return true; }
  State initial() const override { return {}; }
  void successors(const State& state, const Call& call, std::vector<State>& next) const final;

 private:
  /// Makes the call: changes the state and gives the result in words. Absent: it cannot be made now, and
  /// waits.
  virtual std::optional<std::string> make(State& state, const Call& call) const = 0;
};

}  // namespace heddle::linearizability
