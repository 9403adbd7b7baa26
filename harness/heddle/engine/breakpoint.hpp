// Raises SIGTRAP at one step of an execution, on the stack of the task that comes to it, so that a debugger
// stands in the program under test. A step here is what reports number: the first outermost operation that
// begins or ends when so many Os calls have been made, or else the next one after. Where several begin or
// end at one step, each raises the signal.
//
// Watches as an oracle does and finds nothing: what it is shown cannot be changed by it.
#pragma once

#include <cstdint>

#include <heddle/core/oracle.hpp>

namespace heddle {

class Breakpoint final : public Oracle {
 public:
  explicit Breakpoint(std::uint64_t step) : step_(step) {}
  EventMask interests() const override;
  void begin() override { has_stopped_ = false; }
  void observe(const Event& event, const Situation& situation, Findings& findings) override;

  /// Did the execution come to the step, or past it?
  bool has_stopped() const { return has_stopped_; }

 private:
  const std::uint64_t step_;
  std::uint64_t stopped_at_ = 0;
  bool has_stopped_ = false;
};

}  // namespace heddle
