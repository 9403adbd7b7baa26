// An Event in a manager's server: as mp::Event.
#pragma once

#include <mp/manager/proxy.hpp>

namespace mp {

namespace manager {
inline constexpr ProxyType event_proxy{"EventProxy", "Event", ObjectKind::event};
}

class EventProxy : public Proxy {
 public:
  static constexpr const manager::ProxyType& type = manager::event_proxy;
  using Proxy::Proxy;

  void set(Location where = Location::current()) const;
  void clear(Location where = Location::current()) const;
  bool is_set(Location where = Location::current()) const;
  /// True: the flag is set, or was at some time since the call began. False: not within `timeout` seconds.
  bool wait(Timeout timeout = std::nullopt, Location where = Location::current()) const;

  static EventProxy decode(Decoder& decoder) { return EventProxy(manager::ProxyCore::decode(decoder, type)); }
};

}  // namespace mp
