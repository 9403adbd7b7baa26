// Who does the operations of scripts. The forms of steps, what is bound and what is expected are the Runner's
// business; whether an operation is a call of a primitive of lib/ or a message to somebody else's is a
// Performer's. Each raises what the operation raises.
#pragma once

#include <memory>

#include <heddle/programs/object.hpp>
#include <heddle/programs/plan.hpp>
#include <heddle/programs/variables.hpp>
#include <mp/os/time.hpp>

namespace heddle::programs {

class Performer {
 public:
  virtual ~Performer() = default;
  /// `row`: the step's, or its release; `target`: null for a function.
  virtual Payload perform(const Step& step, const OperationRow& row, Object* target,
                          const Variables& variables) = 0;
  /// What the step's maker makes; null: nothing.
  virtual std::shared_ptr<Object> make(const Step& step, Object* target, const Variables& variables) = 0;
  virtual bool holds(const PlannedTerm& comparison, const Variables& variables, mp::Location where) = 0;
  /// By the clock that operations are timed with.
  virtual mp::Instant now() = 0;
};

/// Calls the primitives of lib/.
class LocalPerformer final : public Performer {
 public:
  explicit LocalPerformer(const Plan& plan) : plan_(plan) {}
  Payload perform(const Step& step, const OperationRow& row, Object* target,
                  const Variables& variables) override;
  std::shared_ptr<Object> make(const Step& step, Object* target, const Variables& variables) override;
  bool holds(const PlannedTerm& comparison, const Variables& variables, mp::Location where) override;
  mp::Instant now() override;

 private:
  const Plan& plan_;
};

}  // namespace heddle::programs
