// A Condition in a manager's server, with an RLock of its own. As mp::Condition, but misuse is a RuntimeError
// (MGR-09).
#pragma once

#include <concepts>

#include <mp/manager/lock_proxy.hpp>

namespace mp {

namespace manager {
inline constexpr ProxyType condition_proxy{"ConditionProxy", "Condition", ObjectKind::condition, true};
}

class ConditionProxy : public Proxy {
 public:
  static constexpr const manager::ProxyType& type = manager::condition_proxy;
  using Proxy::Proxy;

  /// The lock's own: as RLockProxy's.
  bool acquire(bool block = true, Timeout timeout = std::nullopt, Location where = Location::current()) const;
  void release(Location where = Location::current()) const;

  /// Releases the lock on all levels, waits to be notified for at most `timeout` seconds (absent: for ever;
  /// zero and below: not at all), and takes the lock back, however long that takes. True: notified.
  /// RuntimeError: the caller does not hold the lock.
  bool wait(Timeout timeout = std::nullopt, Location where = Location::current()) const;
  /// Waits until `predicate` holds, evaluating it here, with the lock held, for at most `timeout` seconds in
  /// all; gives its last value.
  template <std::predicate Predicate>
  bool wait_for(Predicate predicate, Timeout timeout = std::nullopt,
                Location where = Location::current()) const {
    const Instant deadline = deadline_after(os(), timeout);
    while (!predicate()) {
      const Timeout left = left_until(deadline);
      if (left && !(left->count() > 0)) return false;
      wait(left, where);
    }
    return true;
  }
  /// Wakes at most `count` of those that wait; they return once the caller has released the lock.
  /// RuntimeError: the caller does not hold the lock.
  void notify(int count = 1, Location where = Location::current()) const;
  void notify_all(Location where = Location::current()) const;

  static ConditionProxy decode(Decoder& decoder) {
    return ConditionProxy(manager::ProxyCore::decode(decoder, type));
  }

 private:
  static Timeout left_until(Instant deadline);
  Operation begin_with_lock(Verb verb, Location where) const;
};

}  // namespace mp
