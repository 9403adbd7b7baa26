// Python's `with`: holds a Lock, RLock, Semaphore or Condition for a scope.
#pragma once

#include <exception>

#include <mp/errors.hpp>
#include <mp/os/location.hpp>

namespace mp {

/// Acquires for as long as it takes, releases at the end of the scope. What the release throws (the program
/// has released it already) leaves the scope, except while another exception is on its way. OwnerDied, of a
/// robust lock, leaves the constructor with the lock released: nothing runs in the scope, and nobody is told
/// a second time. A program that means to repair what the lock protects acquires by hand.
template <class Held>
class With {
 public:
  explicit With(Held& held, Location where = Location::current())
      : held_(held), where_(where), exceptions_(std::uncaught_exceptions()) {
    try {
      held_.acquire(true, {}, where);
    } catch (const OwnerDied&) {
      held_.release(where);
      throw;
    }
  }
  ~With() noexcept(false) {
    if (std::uncaught_exceptions() == exceptions_) {
      held_.release(where_);
      return;
    }
    try {
      held_.release(where_);
    } catch (const Error&) {  // told to the Os already; a second exception would end the program
    }
  }
  With(const With&) = delete;
  With& operator=(const With&) = delete;

 private:
  Held& held_;
  Location where_;
  int exceptions_;
};

}  // namespace mp
