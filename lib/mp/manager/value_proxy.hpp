// A Value in a manager's server: one value of any type that has a codec, without a lock of its own (MGR-12).
// Reading and then writing it is two requests (MGR-04).
#pragma once

#include <mp/manager/proxy.hpp>

namespace mp {

namespace manager {
inline constexpr ProxyType value_proxy{"ValueProxy", "Value", ObjectKind::managed_value};
}

template <class T>
class ValueProxy : public Proxy {
 public:
  static constexpr const manager::ProxyType& type = manager::value_proxy;
  using Proxy::Proxy;

  T get(Location where = Location::current()) const {
    Operation operation = begin(Verb::load, where);
    T value = Proxy::get<T>(operation, "get", where);
    operation.succeed_with([&] { return describe(value); });
    return value;
  }
  void set(const T& value, Location where = Location::current()) const {
    Operation operation = begin(Verb::store, where);
    operation.argument([&] { return describe(value); });
    core_.ask(operation, "set", {core_.argument(value, operation)}, where);
    operation.succeed();
  }

  static ValueProxy decode(Decoder& decoder) { return ValueProxy(manager::ProxyCore::decode(decoder, type)); }
};

}  // namespace mp
