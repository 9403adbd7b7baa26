// Fibers: stacks that run one at a time on one OS thread. The switch is Boost.Context's fcontext; around
// it each fiber keeps what the OS thread would otherwise share among them: errno, the C++ runtime's list
// of caught exceptions, and what the sanitizers know about its stack.
//
// A fiber may be abandoned: it never runs again, no frame of it unwinds, and its stack is used anew. That
// is what being killed means here. No ordering is implied by a switch: ThreadSanitizer is told so.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace heddle::sim {

class Fiber {
 public:
  using Entry = void (*)(void* argument);

  /// The fiber of the OS thread itself, without a stack of its own.
  Fiber();
  explicit Fiber(std::size_t stack_bytes);
  ~Fiber();
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;

  /// Makes the fiber ready: the first switch to it calls entry(argument), which must not return.
  void start(Entry entry, void* argument);
  /// Runs `to` until somebody switches back to this fiber, which must be the one that runs.
  void switch_to(Fiber& to);
  /// Leaves this fiber for good; it may be started anew.
  [[noreturn]] void leave_for(Fiber& to);
  /// Gives up a fiber that is switched away from: what the sanitizers keep for it is released.
  void abandon(Fiber& by);
  /// Of a fiber that does not run: ThreadSanitizer learns that what it did comes before whatever is ordered
  /// by this address from now on.
  void make_known_by(const void* address);

 private:
  struct State;
  static void enter(void* transfer);
  std::unique_ptr<State> state_;
};

/// Stacks are dear; fibers are kept and started anew.
class FiberPool {
 public:
  /// An execution begins, and all are idle: tasks born alike get the same stacks as in the execution before.
  void begin();
  Fiber& take();
  void give_back(Fiber& fiber) { idle_.push_back(&fiber); }

 private:
  std::vector<std::unique_ptr<Fiber>> all_;
  std::vector<Fiber*> idle_;
};

}  // namespace heddle::sim
