// What an object does when it is used by one client at a time: the specification that a history is held
// against. A model knows states and which states a call can lead to; it knows nothing of time.
#pragma once

#include <string>
#include <vector>

#include <heddle/linearizability/call.hpp>

namespace heddle::linearizability {

/// Whatever the model keeps in it. Equal states have equal futures.
using State = std::vector<std::string>;

class Model {
 public:
  virtual ~Model() = default;
  /// Whether the call is one of this object's, with as many arguments as it takes.
  virtual bool admits(const Call& call) const = 0;
  /// What it is about ("key 3"): calls about different parts do not concern each other, so that each part's
  /// history can be judged alone (Herlihy and Wing, "Linearizability", 1990: locality).
  virtual std::string part_of(const Call& call) const;
  virtual State initial() const = 0;
  /// Adds the states in which the object may be after the call, if the call can be made in this one and ends
  /// as it did. None: it cannot. An open call has any result; that it may have had no effect is not the
  /// model's to say. Where an object is free to choose there are several.
  virtual void successors(const State& state, const Call& call, std::vector<State>& next) const = 0;
};

}  // namespace heddle::linearizability
