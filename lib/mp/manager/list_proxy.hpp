// A list in a manager's server, used like a list here. Every method is one request, which the server grants
// whole (MGR-03). Values are copies: to change one, read it, change it and assign it; a T that is a proxy is
// the object itself (MGR-05). Values are equal if their bytes are, and are sorted as Python sorts what they
// stand for.
//
// There is no clear and no copy, as in Python: slices do both (MGR-01).
#pragma once

#include <iterator>
#include <optional>
#include <vector>

#include <mp/errors.hpp>
#include <mp/manager/item_proxy.hpp>
#include <mp/manager/proxy.hpp>

namespace mp {

namespace manager {
inline constexpr ProxyType list_proxy{"ListProxy", "list", ObjectKind::list};
}

enum class SortOrder : std::uint8_t { ascending, descending };

template <class T>
class ListProxy : public Proxy {
 public:
  static constexpr const manager::ProxyType& type = manager::list_proxy;
  using Proxy::Proxy;
  using Bound = std::optional<std::int64_t>;

  /// Negative positions count from the end. IndexError: there is no such position.
  T at(std::int64_t position, Location where = Location::current()) const {
    return one(Verb::load, "get", where, position);
  }
  void set(std::int64_t position, const T& value, Location where = Location::current()) const {
    Operation operation = begin(Verb::store, where);
    operation.argument([&] { return describe(position) + ": " + describe(value); });
    core_.ask(operation, "set", {core_.argument(position), core_.argument(value, operation)}, where);
    operation.succeed();
  }
  ItemProxy<ListProxy, std::int64_t, T> operator[](Key<std::int64_t> position) const {
    return {*this, std::move(position)};
  }
  void del(std::int64_t position, Location where = Location::current()) const {
    change(Verb::store, "del", where, position);
  }
  /// The values from `start` to before `stop`, as Python cuts them; absent: all.
  std::vector<T> slice(Bound start = std::nullopt, Bound stop = std::nullopt,
                       Location where = Location::current()) const {
    Operation operation = begin(Verb::load, where);
    std::vector<T> values;
    for (const manager::Value& each : call(operation, "slice", where, start, stop).values)
      values.push_back(core_.template result<T>(each));
    operation.succeed_with([&] { return describe(values.size()) + " values"; });
    return values;
  }
  /// Puts these values in the place of those.
  void set_slice(Bound start, Bound stop, const std::vector<T>& values,
                 Location where = Location::current()) const {
    Operation operation = begin(Verb::store, where);
    std::vector<manager::Value> arguments{core_.argument(start), core_.argument(stop)};
    for (const T& value : values) arguments.push_back(core_.argument(value, operation));
    core_.ask(operation, "set_slice", std::move(arguments), where);
    operation.succeed();
  }
  std::size_t size(Location where = Location::current()) const {
    Operation operation = begin(Verb::load, where);
    const auto size = get<std::uint64_t>(operation, "len", where);
    operation.succeed_with([&] { return describe(size); });
    return static_cast<std::size_t>(size);
  }
  bool contains(const T& value, Location where = Location::current()) const {
    return ask_about<bool>("contains", where, value);
  }
  /// The first position of the value from `start` on and before `stop`. ValueError: there is none.
  std::size_t index(const T& value, Bound start = std::nullopt, Bound stop = std::nullopt,
                    Location where = Location::current()) const {
    return static_cast<std::size_t>(ask_about<std::uint64_t>("index", where, value, start, stop));
  }
  std::size_t count(const T& value, Location where = Location::current()) const {
    return static_cast<std::size_t>(ask_about<std::uint64_t>("count", where, value));
  }

  void append(const T& value, Location where = Location::current()) const {
    Operation operation = begin(Verb::update, where);
    operation.argument([&] { return describe(value); });
    core_.ask(operation, "extend", {core_.argument(value, operation)}, where);
    operation.succeed();
  }
  /// All of them in one request (also +=).
  void extend(const std::vector<T>& values, Location where = Location::current()) const {
    Operation operation = begin(Verb::update, where);
    std::vector<manager::Value> arguments;
    for (const T& value : values) arguments.push_back(core_.argument(value, operation));
    core_.ask(operation, "extend", std::move(arguments), where);
    operation.succeed();
  }
  const ListProxy& operator+=(const std::vector<T>& values) const {
    extend(values);
    return *this;
  }
  void insert(std::int64_t position, const T& value, Location where = Location::current()) const {
    Operation operation = begin(Verb::update, where);
    operation.argument([&] { return describe(position) + ": " + describe(value); });
    core_.ask(operation, "insert", {core_.argument(position), core_.argument(value, operation)}, where);
    operation.succeed();
  }
  /// Takes a value out, the last one if none is named. IndexError: there is none.
  T pop(std::int64_t position = -1, Location where = Location::current()) const {
    return one(Verb::update, "pop", where, position);
  }
  /// Takes out the first value that equals this one. ValueError: there is none.
  void remove(const T& value, Location where = Location::current()) const {
    change(Verb::update, "remove", where, value);
  }
  void reverse(Location where = Location::current()) const { change(Verb::update, "reverse", where); }
  /// Keeps the order of equal values. TypeError, and nothing has changed: two values have no order.
  void sort(SortOrder order = SortOrder::ascending, Location where = Location::current()) const {
    change(Verb::update, "sort", where, order == SortOrder::descending);
  }
  /// Repeats the list in place; none or fewer times leave nothing.
  void repeat(std::int64_t times, Location where = Location::current()) const {
    change(Verb::update, "imul", where, times);
  }
  const ListProxy& operator*=(std::int64_t times) const {
    repeat(times);
    return *this;
  }
  /// Copies: what is there, and more (+), several times (*), backwards (reversed).
  std::vector<T> operator+(const std::vector<T>& more) const {
    std::vector<T> values = slice();
    values.insert(values.end(), more.begin(), more.end());
    return values;
  }
  std::vector<T> operator*(std::int64_t times) const {
    const std::vector<T> once = slice();
    std::vector<T> values;
    for (; times > 0; --times) values.insert(values.end(), once.begin(), once.end());
    return values;
  }
  std::vector<T> reversed(Location where = Location::current()) const {
    std::vector<T> values = slice(std::nullopt, std::nullopt, where);
    return {std::move_iterator(values.rbegin()), std::move_iterator(values.rend())};
  }

  /// Goes over the positions, one request each, until there is none: it sees what others change meanwhile.
  class Iterator {
   public:
    using value_type = T;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::input_iterator_tag;

    explicit Iterator(const ListProxy& list) : list_(&list) { fetch(); }
    const T& operator*() const { return *value_; }
    Iterator& operator++() {
      ++position_;
      fetch();
      return *this;
    }
    bool operator==(std::default_sentinel_t) const { return !value_.has_value(); }

   private:
    void fetch() {
      value_.reset();
      try {
        value_.emplace(list_->at(position_));
      } catch (const IndexError&) {  // the end
      }
    }
    const ListProxy* list_;
    std::int64_t position_ = 0;
    std::optional<T> value_;
  };
  Iterator begin() const { return Iterator(*this); }
  std::default_sentinel_t end() const { return {}; }

  static ListProxy decode(Decoder& decoder) { return ListProxy(manager::ProxyCore::decode(decoder, type)); }

 private:
  using Proxy::begin;

  template <class... A>
  T one(Verb verb, std::string_view method, Location where, const A&... arguments) const {
    Operation operation = begin(verb, where);
    operation.argument([&] { return (describe(arguments) + ...); });
    T value = get<T>(operation, method, where, arguments...);
    operation.succeed_with([&] { return describe(value); });
    return value;
  }
  template <class R, class... A>
  R ask_about(std::string_view method, Location where, const T& value, const A&... more) const {
    Operation operation = begin(Verb::load, where);
    operation.argument([&] { return describe(value); });
    const R result = get<R>(operation, method, where, value, more...);
    operation.succeed_with([&] { return describe(result); });
    return result;
  }
  template <class... A>
  void change(Verb verb, std::string_view method, Location where, const A&... arguments) const {
    Operation operation = begin(verb, where);
    if constexpr (sizeof...(A) > 0) operation.argument([&] { return (describe(arguments) + ...); });
    call(operation, method, where, arguments...);
    operation.succeed();
  }
};

}  // namespace mp
