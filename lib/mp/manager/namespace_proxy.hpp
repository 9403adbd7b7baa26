// A Namespace in a manager's server: values of any types by name. Names that begin with '_' belong to this
// proxy and not to the object (MGR-13): nobody else sees them, and they do not cross.
#pragma once

#include <map>
#include <string>

#include <mp/errors.hpp>
#include <mp/manager/proxy.hpp>

namespace mp {

namespace manager {
inline constexpr ProxyType namespace_proxy{"NamespaceProxy", "Namespace", ObjectKind::name_space};
}

class NamespaceProxy : public Proxy {
 public:
  static constexpr const manager::ProxyType& type = manager::namespace_proxy;
  using Proxy::Proxy;

  /// AttributeError: there is no such name. DecodeError: its value is no T.
  template <class T>
  T get(const std::string& name, Location where = Location::current()) const {
    if (is_own(name)) return decode_message<T>(own(name));
    Operation operation = begin(Verb::load, where);
    operation.argument([&] { return describe(name); });
    T value = Proxy::get<T>(operation, "get", where, name);
    operation.succeed_with([&] { return describe(value); });
    return value;
  }
  template <class T>
  void set(const std::string& name, const T& value, Location where = Location::current()) {
    if (is_own(name)) {
      own_[name] = encode_message(value);
      return;
    }
    Operation operation = begin(Verb::store, where);
    operation.argument([&] { return describe(name) + ": " + describe(value); });
    core_.ask(operation, "set", {core_.argument(name), core_.argument(value, operation)}, where);
    operation.succeed();
  }
  /// AttributeError: there is no such name.
  void del(const std::string& name, Location where = Location::current());

  static NamespaceProxy decode(Decoder& decoder) {
    return NamespaceProxy(manager::ProxyCore::decode(decoder, type));
  }

 private:
  static bool is_own(const std::string& name) { return name.starts_with('_'); }
  const Bytes& own(const std::string& name) const;

  std::map<std::string, Bytes> own_;
};

}  // namespace mp
