// What the names in a task's script stand for at the moment, and what its terms come to: the objects that its
// process has been handed, the objects and results of its own.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <heddle/programs/call.hpp>
#include <heddle/programs/objects/table.hpp>
#include <heddle/programs/plan.hpp>

namespace heddle::programs {

/// Is what was read of the attribute as the comparison wants it? TypeError: it has no order.
bool holds(const Comparison& comparison, const Payload& got);

class Variables {
 public:
  /// `shared`: the objects of the process, by index; it outlives this.
  Variables(const ScriptPlan& script, const Objects& shared, std::vector<Payload> arguments);

  /// TypeError: a term names what is not there, or adds what cannot be added.
  Evaluated evaluate(const PlannedTerm& term, mp::Location where) const;
  std::vector<Evaluated> evaluate(const std::vector<std::optional<PlannedTerm>>& terms,
                                  mp::Location where) const;
  Payload value_of(const PlannedTerm& term) const;
  std::function<bool()> predicate_of(const PlannedTerm& term, mp::Location where) const;
  /// It refers to the object alone.
  std::function<void()> method_of(const PlannedTerm& term, mp::Location where) const;

  const Payload& result(std::size_t slot) const;
  /// The object that a result is. TypeError: it is a value.
  Object* object_in(std::size_t slot) const;
  void bind(std::size_t slot, std::optional<Payload> result) { slots_[slot] = std::move(result); }

  /// Made by the script; null: not yet, or there is nothing.
  Object* own(std::size_t index) const { return own_[index].get(); }
  void set_own(std::size_t index, std::shared_ptr<Object> made) { own_[index] = std::move(made); }

 private:
  std::shared_ptr<Object> object_of(const PlannedTerm& term) const;
  std::vector<Named> named_in(const PlannedTerm& term) const;

  const Objects& shared_;
  std::vector<std::optional<Payload>> slots_;
  Objects own_;
};

}  // namespace heddle::programs
