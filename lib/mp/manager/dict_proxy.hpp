// A dict in a manager's server, used like a dict here. Every method is one request, which the server grants
// whole (MGR-03); `d["count"] -= 1` is two, a read and a write (MGR-04). Values are copies: to change one,
// read it, change it and assign it (MGR-05).
//
// Rows met: of MGR-01 the dict without popitem, values and iteration; MGR-02..05, MGR-07, MGR-15, MGR-17 on
// the client's side; MGR-14, MGR-16 and MGR-19 cured. K and V need codecs; equal keys must have equal bytes.
#pragma once

#include <concepts>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <mp/codec/codec.hpp>
#include <mp/errors.hpp>
#include <mp/manager/proxy_core.hpp>

namespace mp {

/// A key with the place in the program where it was written down, which an operator has no other way to get.
template <class K>
struct Key {
  template <std::convertible_to<K> U>
  Key(U&& given, Location at = Location::current())  // implicit, so that d["count"] is one
      : value(std::forward<U>(given)), where(at) {}
  K value;
  Location where;
};

template <class K, class V>
class DictProxy;

/// What d[key] gives: converts to a V by reading, is assigned by writing. It is used where it is made and
/// not kept.
template <class K, class V>
class DictItem {
 public:
  DictItem(DictProxy<K, V>& dict, Key<K> key) : dict_(dict), key_(std::move(key)) {}
  DictItem(const DictItem&) = delete;

  operator V() const { return dict_.at(key_.value, key_.where); }  // KeyError: not there
  const DictItem& operator=(const V& value) const {
    dict_.set(key_.value, value, key_.where);
    return *this;
  }
  const DictItem& operator=(const DictItem& other) const { return *this = static_cast<V>(other); }
  // Two requests each.
  const DictItem& operator+=(const V& other) const { return *this = static_cast<V>(V(*this) + other); }
  const DictItem& operator-=(const V& other) const { return *this = static_cast<V>(V(*this) - other); }

 private:
  DictProxy<K, V>& dict_;
  Key<K> key_;
};

/// Every method may throw, besides what it says: OSError, BrokenPipeError or EOFError when the server is gone
/// (MGR-17), RemoteError when it fails.
template <class K, class V>
class DictProxy {
 public:
  explicit DictProxy(manager::ProxyCore core) : core_(std::move(core)) {}

  DictItem<K, V> operator[](Key<K> key) { return DictItem<K, V>(*this, std::move(key)); }

  /// KeyError: not there.
  V at(const K& key, Location where = Location::current()) {
    std::optional<V> value = get(key, where);
    if (!value) throw KeyError(describe(key));
    return *std::move(value);
  }
  std::optional<V> get(const K& key, Location where = Location::current()) {
    return fetch(Verb::load, manager::Method::get, key, where);
  }
  V get(const K& key, const V& otherwise, Location where = Location::current()) {
    return get(key, where).value_or(otherwise);
  }
  void set(const K& key, const V& value, Location where = Location::current()) {
    Operation operation = begin(Verb::store, where);
    operation.argument([&] { return describe(key) + ": " + describe(value); });
    ask(operation, manager::Method::set, {encode_message(key), encode_message(value)},
        words_of(operation, value), where);
    operation.succeed();
  }
  bool contains(const K& key, Location where = Location::current()) {
    Operation operation = begin(Verb::load, where);
    operation.argument([&] { return describe(key); });
    const bool is_there =
        ask(operation, manager::Method::contains, {encode_message(key)}, {}, where).status ==
        manager::Status::done;
    operation.succeed_with([&] { return describe(is_there); });
    return is_there;
  }
  std::size_t size(Location where = Location::current()) {
    Operation operation = begin(Verb::load, where);
    const auto size =
        decode_message<std::uint64_t>(only(ask(operation, manager::Method::size, {}, {}, where)));
    operation.succeed_with([&] { return describe(size); });
    return static_cast<std::size_t>(size);
  }
  /// KeyError: not there.
  void erase(const K& key, Location where = Location::current()) {
    Operation operation = begin(Verb::store, where);
    operation.argument([&] { return describe(key); });
    const manager::Reply reply = ask(operation, manager::Method::erase, {encode_message(key)}, {}, where);
    if (reply.status == manager::Status::missing) throw KeyError(describe(key));
    operation.succeed();
  }
  /// Takes the value out. KeyError: not there.
  V pop(const K& key, Location where = Location::current()) {
    std::optional<V> value = fetch(Verb::update, manager::Method::pop, key, where);
    if (!value) throw KeyError(describe(key));
    return *std::move(value);
  }
  /// The value that is there, or else this one, which then is.
  V setdefault(const K& key, const V& value, Location where = Location::current()) {
    Operation operation = begin(Verb::update, where);
    operation.argument([&] { return describe(key) + ": " + describe(value); });
    V there = decode_message<V>(
        only(ask(operation, manager::Method::setdefault, {encode_message(key), encode_message(value)},
                 words_of(operation, value), where)));
    operation.succeed_with([&] { return describe(there); });
    return there;
  }
  /// Sets all of them in one request.
  void update(const std::map<K, V>& values, Location where = Location::current()) {
    Operation operation = begin(Verb::store, where);
    operation.argument([&] { return describe(values); });
    std::vector<Bytes> arguments;
    for (const auto& [key, value] : values) {
      arguments.push_back(encode_message(key));
      arguments.push_back(encode_message(value));
    }
    ask(operation, manager::Method::update, std::move(arguments), {}, where);
    operation.succeed();
  }
  /// In the order of insertion.
  std::vector<K> keys(Location where = Location::current()) {
    Operation operation = begin(Verb::load, where);
    std::vector<K> keys;
    for (const Bytes& key : ask(operation, manager::Method::keys, {}, {}, where).values) {
      keys.push_back(decode_message<K>(key));
    }
    operation.succeed_with([&] { return describe(keys); });
    return keys;
  }
  std::vector<std::pair<K, V>> items(Location where = Location::current()) {
    Operation operation = begin(Verb::load, where);
    const manager::Reply reply = ask(operation, manager::Method::items, {}, {}, where);
    if (reply.values.size() % 2 != 0) throw DecodeError("a manager's reply is incomplete");
    std::vector<std::pair<K, V>> items;
    for (std::size_t i = 0; i < reply.values.size(); i += 2) {
      items.emplace_back(decode_message<K>(reply.values[i]), decode_message<V>(reply.values[i + 1]));
    }
    operation.succeed_with([&] { return describe(items); });
    return items;
  }
  std::map<K, V> copy(Location where = Location::current()) {
    std::map<K, V> copy;
    for (auto& [key, value] : items(where)) copy.emplace(std::move(key), std::move(value));
    return copy;
  }
  void clear(Location where = Location::current()) {
    Operation operation = begin(Verb::store, where);
    ask(operation, manager::Method::clear, {}, {}, where);
    operation.succeed();
  }

  ObjectId object() const { return core_.object(); }
  /// RuntimeError except for a child being born.
  void encode(Encoder& encoder) const { core_.encode(encoder); }
  static DictProxy decode(Decoder& decoder) { return DictProxy(manager::ProxyCore::decode(decoder)); }

 private:
  Operation begin(Verb verb, Location where) {
    return Operation(os(), verb, ObjectKind::dict, core_.object(), where);
  }

  manager::Reply ask(const Operation& operation, manager::Method method, std::vector<Bytes> arguments,
                     std::string words, Location where) {
    return core_.ask(operation, method, std::move(arguments), std::move(words), where);
  }
  /// A request by key whose reply is a value, or that there is none.
  std::optional<V> fetch(Verb verb, manager::Method method, const K& key, Location where) {
    Operation operation = begin(verb, where);
    operation.argument([&] { return describe(key); });
    const manager::Reply reply = ask(operation, method, {encode_message(key)}, {}, where);
    std::optional<V> value;
    if (reply.status == manager::Status::done) value = decode_message<V>(only(reply));
    operation.succeed_with([&] { return describe(value); });
    return value;
  }
  static std::string words_of(const Operation& operation, const V& value) {
    return operation.wants_text() ? describe(value) : std::string();
  }
  static Bytes only(const manager::Reply& reply) {
    if (reply.values.size() != 1) throw DecodeError("a manager's reply is incomplete");
    return reply.values[0];
  }

  manager::ProxyCore core_;
};

}  // namespace mp
