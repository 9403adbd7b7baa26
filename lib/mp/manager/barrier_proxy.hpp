// A Barrier in a manager's server: as mp::Barrier, without an action, because code does not cross.
#pragma once

#include <mp/manager/proxy.hpp>

namespace mp {

namespace manager {
inline constexpr ProxyType barrier_proxy{"BarrierProxy", "Barrier", ObjectKind::barrier};
}

class BarrierProxy : public Proxy {
 public:
  static constexpr const manager::ProxyType& type = manager::barrier_proxy;
  using Proxy::Proxy;

  /// Waits until all parties wait; gives each another index, the last to come parties - 1.
  /// BrokenBarrierError: the barrier is broken, or is broken or reset meanwhile, or the time runs out:
  /// `timeout` in seconds, else the barrier's own.
  int wait(Timeout timeout = std::nullopt, Location where = Location::current()) const;
  void abort(Location where = Location::current()) const;
  void reset(Location where = Location::current()) const;
  bool broken(Location where = Location::current()) const;
  int n_waiting(Location where = Location::current()) const;
  int parties(Location where = Location::current()) const;

  static BarrierProxy decode(Decoder& decoder) {
    return BarrierProxy(manager::ProxyCore::decode(decoder, type));
  }
};

}  // namespace mp
