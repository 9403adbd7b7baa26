// An Array in a manager's server: a fixed number of elements of one arithmetic type (MGR-12). Every call is
// one request.
#pragma once

#include <type_traits>
#include <vector>

#include <mp/manager/item_proxy.hpp>
#include <mp/manager/proxy.hpp>

namespace mp {

namespace manager {
inline constexpr ProxyType array_proxy{"ArrayProxy", "Array", ObjectKind::managed_array};
}

template <class T>
requires std::is_arithmetic_v<T>
class ArrayProxy : public Proxy {
 public:
  static constexpr const manager::ProxyType& type = manager::array_proxy;
  using Proxy::Proxy;

  /// Negative positions count from the end. IndexError: there is no such position.
  T at(std::int64_t position, Location where = Location::current()) const {
    Operation operation = begin(Verb::load, where);
    operation.argument([&] { return describe(position); });
    T value = get<T>(operation, "get", where, position);
    operation.succeed_with([&] { return describe(value); });
    return value;
  }
  void set(std::int64_t position, T value, Location where = Location::current()) const {
    Operation operation = begin(Verb::store, where);
    operation.argument([&] { return describe(position) + ": " + describe(value); });
    core_.ask(operation, "set", {core_.argument(position), core_.argument(value, operation)}, where);
    operation.succeed();
  }
  ItemProxy<ArrayProxy, std::int64_t, T> operator[](Key<std::int64_t> position) const {
    return {*this, std::move(position)};
  }
  /// The elements from `start` to before `stop`, as Python cuts them; absent: all.
  std::vector<T> slice(std::optional<std::int64_t> start = std::nullopt,
                       std::optional<std::int64_t> stop = std::nullopt,
                       Location where = Location::current()) const {
    Operation operation = begin(Verb::load, where);
    std::vector<T> values;
    for (const manager::Value& each : call(operation, "slice", where, start, stop).values)
      values.push_back(core_.template result<T>(each));
    operation.succeed_with([&] { return describe(values); });
    return values;
  }
  std::size_t size(Location where = Location::current()) const {
    Operation operation = begin(Verb::load, where);
    const auto size = get<std::uint64_t>(operation, "len", where);
    operation.succeed_with([&] { return describe(size); });
    return static_cast<std::size_t>(size);
  }

  static ArrayProxy decode(Decoder& decoder) { return ArrayProxy(manager::ProxyCore::decode(decoder, type)); }
};

}  // namespace mp
