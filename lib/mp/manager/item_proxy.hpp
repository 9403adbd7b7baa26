// What an index into a proxy gives: d["count"], numbers[0]. It converts to a value by reading and is assigned
// by writing, each one request, so += is two and loses updates without a lock (MGR-04). It is used where it
// is made and not kept.
#pragma once

#include <concepts>
#include <utility>

#include <mp/os/location.hpp>

namespace mp {

/// An index with the place in the program where it was written down, which an operator has no other way to
/// get.
template <class K>
struct Key {
  template <std::convertible_to<K> U>
  Key(U&& given, Location at = Location::current())  // implicit, so that d["count"] is one
      : value(std::forward<U>(given)), where(at) {}
  K value;
  Location where;
};

/// An item of a Container with at(key, where) and set(key, value, where).
template <class Container, class K, class V>
class ItemProxy {
 public:
  ItemProxy(const Container& container, Key<K> key) : container_(container), key_(std::move(key)) {}
  ItemProxy(const ItemProxy&) = delete;

  operator V() const { return container_.at(key_.value, key_.where); }
  const ItemProxy& operator=(const V& value) const {
    container_.set(key_.value, value, key_.where);
    return *this;
  }
  const ItemProxy& operator=(const ItemProxy& other) const { return *this = static_cast<V>(other); }
  // Two requests each.
  const ItemProxy& operator+=(const V& other) const { return *this = static_cast<V>(V(*this) + other); }
  const ItemProxy& operator-=(const V& other) const { return *this = static_cast<V>(V(*this) - other); }

 private:
  const Container& container_;
  Key<K> key_;
};

}  // namespace mp
