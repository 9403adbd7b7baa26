// A dict in a manager's server, used like a dict here. Every method is one request, which the server grants
// whole (MGR-03); `d["count"] -= 1` is two, a read and a write (MGR-04). Values are copies: to change one,
// read it, change it and assign it; a V that is a proxy is the object itself (MGR-05). K and V need codecs;
// equal keys must have equal bytes. Keys come in the order of insertion.
#pragma once

#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <mp/errors.hpp>
#include <mp/manager/item_proxy.hpp>
#include <mp/manager/proxy.hpp>

namespace mp {

namespace manager {
inline constexpr ProxyType dict_proxy{"DictProxy", "dict", ObjectKind::dict};
}

template <class K, class V>
class DictProxy : public Proxy {
 public:
  static constexpr const manager::ProxyType& type = manager::dict_proxy;
  using Proxy::Proxy;

  ItemProxy<DictProxy, K, V> operator[](Key<K> key) const { return {*this, std::move(key)}; }

  /// KeyError: not there.
  V at(const K& key, Location where = Location::current()) const {
    Operation operation = begin(Verb::load, where);
    operation.argument([&] { return describe(key); });
    V value = Proxy::get<V>(operation, "getitem", where, key);
    operation.succeed_with([&] { return describe(value); });
    return value;
  }
  std::optional<V> get(const K& key, Location where = Location::current()) const {
    return fetch(Verb::load, "get", key, where);
  }
  V get(const K& key, const V& otherwise, Location where = Location::current()) const {
    return get(key, where).value_or(otherwise);
  }
  void set(const K& key, const V& value, Location where = Location::current()) const {
    Operation operation = begin(Verb::store, where);
    operation.argument([&] { return describe(key) + ": " + describe(value); });
    core_.ask(operation, "set", {core_.argument(key), core_.argument(value, operation)}, where);
    operation.succeed();
  }
  bool contains(const K& key, Location where = Location::current()) const {
    Operation operation = begin(Verb::load, where);
    operation.argument([&] { return describe(key); });
    const bool is_there = Proxy::get<bool>(operation, "contains", where, key);
    operation.succeed_with([&] { return describe(is_there); });
    return is_there;
  }
  std::size_t size(Location where = Location::current()) const {
    Operation operation = begin(Verb::load, where);
    const auto size = Proxy::get<std::uint64_t>(operation, "len", where);
    operation.succeed_with([&] { return describe(size); });
    return static_cast<std::size_t>(size);
  }
  /// KeyError: not there.
  void erase(const K& key, Location where = Location::current()) const {
    Operation operation = begin(Verb::store, where);
    operation.argument([&] { return describe(key); });
    call(operation, "del", where, key);
    operation.succeed();
  }
  /// Takes the value out. KeyError: not there.
  V pop(const K& key, Location where = Location::current()) const {
    std::optional<V> value = fetch(Verb::update, "pop", key, where);
    if (!value) throw KeyError(describe(key));
    return *std::move(value);
  }
  V pop(const K& key, const V& otherwise, Location where = Location::current()) const {
    return fetch(Verb::update, "pop", key, where).value_or(otherwise);
  }
  /// Takes the item out that came in last. KeyError: there is none.
  std::pair<K, V> popitem(Location where = Location::current()) const {
    Operation operation = begin(Verb::update, where);
    const manager::Reply reply = call(operation, "popitem", where);
    std::pair<K, V> item = item_at(reply, 0);
    operation.succeed_with([&] { return describe(item); });
    return item;
  }
  /// The value that is there, or else this one, which then is.
  V setdefault(const K& key, const V& value, Location where = Location::current()) const {
    Operation operation = begin(Verb::update, where);
    operation.argument([&] { return describe(key) + ": " + describe(value); });
    const manager::Reply reply =
        core_.ask(operation, "setdefault", {core_.argument(key), core_.argument(value, operation)}, where);
    V there = core_.template result<V>(manager::only(reply));
    operation.succeed_with([&] { return describe(there); });
    return there;
  }
  /// Sets all of them in one request.
  void update(const std::map<K, V>& values, Location where = Location::current()) const {
    Operation operation = begin(Verb::store, where);
    operation.argument([&] { return describe(values); });
    std::vector<manager::Value> arguments;
    for (const auto& [key, value] : values) {
      arguments.push_back(core_.argument(key));
      arguments.push_back(core_.argument(value, operation));
    }
    core_.ask(operation, "update", std::move(arguments), where);
    operation.succeed();
  }
  std::vector<K> keys(Location where = Location::current()) const {
    Operation operation = begin(Verb::load, where);
    std::vector<K> keys;
    for (const manager::Value& key : call(operation, "keys", where).values)
      keys.push_back(core_.template result<K>(key));
    operation.succeed_with([&] { return describe(keys); });
    return keys;
  }
  std::vector<V> values(Location where = Location::current()) const {
    std::vector<V> values;
    for (auto& item : items(where)) values.push_back(std::move(item.second));
    return values;
  }
  std::vector<std::pair<K, V>> items(Location where = Location::current()) const {
    Operation operation = begin(Verb::load, where);
    const manager::Reply reply = call(operation, "items", where);
    std::vector<std::pair<K, V>> items;
    for (std::size_t i = 0; i < reply.values.size(); i += 2) items.push_back(item_at(reply, i));
    operation.succeed_with([&] { return describe(items); });
    return items;
  }
  std::map<K, V> copy(Location where = Location::current()) const {
    std::map<K, V> copy;
    for (auto& [key, value] : items(where)) copy.emplace(std::move(key), std::move(value));
    return copy;
  }
  void clear(Location where = Location::current()) const {
    Operation operation = begin(Verb::store, where);
    call(operation, "clear", where);
    operation.succeed();
  }

  /// Goes over the keys, one request each. RuntimeError: others have changed the number of keys meanwhile.
  class Iterator {
   public:
    using value_type = K;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::input_iterator_tag;

    explicit Iterator(const DictProxy& dict) : dict_(&dict), size_(dict.size()) { fetch(); }
    const K& operator*() const { return *key_; }
    Iterator& operator++() {
      fetch();
      return *this;
    }
    bool operator==(std::default_sentinel_t) const { return !key_.has_value(); }

   private:
    void fetch() { key_ = dict_->next_key(serial_, size_); }

    const DictProxy* dict_;
    std::uint64_t size_;
    std::uint64_t serial_ = 0;
    std::optional<K> key_;
  };
  Iterator begin() const { return Iterator(*this); }
  std::default_sentinel_t end() const { return {}; }

  static DictProxy decode(Decoder& decoder) { return DictProxy(manager::ProxyCore::decode(decoder, type)); }

 private:
  using Proxy::begin;

  /// A request by key whose reply is a value, or that there is none.
  std::optional<V> fetch(Verb verb, std::string_view method, const K& key, Location where) const {
    Operation operation = begin(verb, where);
    operation.argument([&] { return describe(key); });
    const manager::Reply reply = call(operation, method, where, key);
    std::optional<V> value;
    if (!reply.values.empty()) value.emplace(core_.template result<V>(reply.values.front()));
    operation.succeed_with([&] { return describe(value); });
    return value;
  }
  std::pair<K, V> item_at(const manager::Reply& reply, std::size_t i) const {
    if (i + 1 >= reply.values.size()) throw DecodeError("a manager's reply is incomplete");
    K key = core_.template result<K>(reply.values[i]);
    return {std::move(key), core_.template result<V>(reply.values[i + 1])};
  }
  std::optional<K> next_key(std::uint64_t& serial, std::uint64_t size) const {
    const Location where = Location::current();
    Operation operation = begin(Verb::load, where);
    const manager::Reply reply = call(operation, "next", where, serial, size);
    std::optional<K> key;
    if (!reply.values.empty()) {
      if (reply.values.size() != 2) throw DecodeError("a manager's reply is incomplete");
      key.emplace(core_.template result<K>(reply.values[0]));
      serial = core_.template result<std::uint64_t>(reply.values[1]);
    }
    operation.succeed_with([&] { return describe(key); });
    return key;
  }
};

}  // namespace mp
