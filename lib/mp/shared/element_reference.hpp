// What value() and operator[] give: converts to a T by reading, is assigned by writing. Reading is one
// operation and writing another, so `+=` is two, with the lock free between them unless the caller holds it
// (VAL-05). It is used where it is made and not kept.
#pragma once

#include <concepts>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <mp/codec/codec.hpp>
#include <mp/shared/element_access.hpp>

namespace mp {

/// What may lie in shared memory as one element.
template <class T>
concept Element = std::is_trivially_copyable_v<T> && std::default_initializable<T>;

/// What may be stored as a T: integers of any width, which wrap modulo 2^n (VAL-02), any number as a real;
/// otherwise what converts. A real does not become an integer.
template <class U, class T>
concept StorableAs = (std::integral<T> && std::integral<U>) ||
                     (std::floating_point<T> && std::is_arithmetic_v<U>) ||
                     (!std::is_arithmetic_v<T> && std::convertible_to<U, T>);

namespace detail {

/// One element as a value, several as a list.
template <class T>
std::string describe_elements(const void* elements, std::size_t count) {
  const auto* const first = static_cast<const T*>(elements);
  if (count == 1) return describe(*first);
  return describe_range(std::span(first, count), "[", "]",
                        [](const T& element) { return describe(element); });
}

}  // namespace detail

template <Element T>
class ElementReference {
 public:
  ElementReference(detail::ElementAccess access, Location where)
      : access_(std::move(access)), where_(where) {}
  ElementReference(const ElementReference&) = delete;

  operator T() const {  // implicit, so that `int x = v.value()` reads
    T value{};
    access_.load(std::as_writable_bytes(std::span(&value, 1)), where_);
    return value;
  }
  template <StorableAs<T> U>
  const ElementReference& operator=(U other) const {
    const T value = static_cast<T>(other);
    access_.store(std::as_bytes(std::span(&value, 1)), where_);
    return *this;
  }
  const ElementReference& operator=(const ElementReference& other) const {
    return *this = static_cast<T>(other);
  }
  template <Element U>
  const ElementReference& operator=(const ElementReference<U>& other) const {
    return *this = static_cast<U>(other);
  }
  const ElementReference& operator+=(T other) const { return *this = static_cast<T>(T{*this} + other); }
  const ElementReference& operator-=(T other) const { return *this = static_cast<T>(T{*this} - other); }
  const ElementReference& operator*=(T other) const { return *this = static_cast<T>(T{*this} * other); }
  const ElementReference& operator++() const { return *this += T{1}; }
  const ElementReference& operator--() const { return *this -= T{1}; }

 private:
  detail::ElementAccess access_;
  Location where_;
};

}  // namespace mp
