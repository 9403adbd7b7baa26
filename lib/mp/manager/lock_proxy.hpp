// Lock, RLock, Semaphore and BoundedSemaphore in a manager's server: threading's, so they reject more than
// those of multiprocessing do (MGR-09, MGR-20). The owner of an RLock is a thread of a process. A client that
// dies holding one leaves it held (MGR-10): a Lock may be released by anybody, an RLock by nobody.
#pragma once

#include <mp/manager/proxy.hpp>

namespace mp {

namespace manager {
inline constexpr ProxyType lock_proxy{"LockProxy", "Lock", ObjectKind::lock};
inline constexpr ProxyType rlock_proxy{"RLockProxy", "RLock", ObjectKind::lock};
inline constexpr ProxyType semaphore_proxy{"SemaphoreProxy", "Semaphore", ObjectKind::semaphore};
inline constexpr ProxyType bounded_semaphore_proxy{"BoundedSemaphoreProxy", "BoundedSemaphore",
                                                   ObjectKind::semaphore};

/// The operations on a lock, for the proxies here and a Condition's.
bool acquire_lock(const ProxyCore& core, ObjectId lock, bool is_recursive, bool block, Timeout timeout,
                  Location where);
void release_lock(const ProxyCore& core, ObjectId lock, bool is_recursive, Location where);
bool acquire_semaphore(const ProxyCore& core, bool block, Timeout timeout, Location where);
void release_semaphore(const ProxyCore& core, Location where);
}  // namespace manager

template <const manager::ProxyType& which>
class BasicLockProxy : public Proxy {
 public:
  static constexpr const manager::ProxyType& type = which;
  using Proxy::Proxy;

  /// True: the caller holds it now. False: not in time. `timeout` in seconds: absent and -1 wait for ever.
  /// ValueError: another negative timeout, or any unless `block`.
  bool acquire(bool block = true, Timeout timeout = std::nullopt,
               Location where = Location::current()) const {
    return manager::acquire_lock(core_, core_.object(), is_recursive, block, timeout, where);
  }
  /// A Lock: by any task of any process; RuntimeError if nobody holds it. An RLock: by its owner, as often as
  /// it acquired; RuntimeError otherwise.
  void release(Location where = Location::current()) const {
    manager::release_lock(core_, core_.object(), is_recursive, where);
  }

  static BasicLockProxy decode(Decoder& decoder) {
    return BasicLockProxy(manager::ProxyCore::decode(decoder, type));
  }

 private:
  static constexpr bool is_recursive = which.type_id == std::string_view("RLock");
};

template <const manager::ProxyType& which>
class BasicSemaphoreProxy : public Proxy {
 public:
  static constexpr const manager::ProxyType& type = which;
  using Proxy::Proxy;

  /// True: took one. False: not in time. `timeout` in seconds: absent waits for ever, zero and below make one
  /// attempt. ValueError: any timeout unless `block`.
  bool acquire(bool block = true, Timeout timeout = std::nullopt,
               Location where = Location::current()) const {
    return manager::acquire_semaphore(core_, block, timeout, where);
  }
  /// Gives one, whoever took it. ValueError, of a BoundedSemaphore: it has its initial value.
  void release(Location where = Location::current()) const { manager::release_semaphore(core_, where); }

  static BasicSemaphoreProxy decode(Decoder& decoder) {
    return BasicSemaphoreProxy(manager::ProxyCore::decode(decoder, type));
  }
};

using LockProxy = BasicLockProxy<manager::lock_proxy>;
using RLockProxy = BasicLockProxy<manager::rlock_proxy>;
using SemaphoreProxy = BasicSemaphoreProxy<manager::semaphore_proxy>;
using BoundedSemaphoreProxy = BasicSemaphoreProxy<manager::bounded_semaphore_proxy>;

}  // namespace mp
