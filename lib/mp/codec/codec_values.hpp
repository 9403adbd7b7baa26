// The codecs of values: numbers, texts, bytes, optionals, vectors, pairs, tuples and maps. Every decode
// trusts nothing: an integer must fit its type, an array must have the number of elements its type has, and
// memory is reserved for what has arrived, not for what is claimed.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <mp/codec/coder.hpp>

namespace mp {

namespace detail {

/// Throws DecodeError with these words.
[[noreturn]] void refuse(std::string_view words);

/// How many elements to reserve for an array that claims `size`: hostile bytes may claim as many as there
/// are bytes, of a type much larger than one.
inline std::size_t modest(std::size_t size) { return std::min<std::size_t>(size, 1024); }

/// Joins the words of elements; past a few it says how many there are instead.
template <class Range, class Word>
std::string describe_range(const Range& range, std::string_view open, std::string_view close, Word&& word) {
  constexpr std::size_t shown_max = 8;
  std::string text(open);
  std::size_t shown = 0;
  for (const auto& element : range) {
    if (shown > 0) text += ", ";
    if (shown == shown_max) {
      text += "... " + std::to_string(range.size()) + " in all";
      break;
    }
    text += word(element);
    ++shown;
  }
  return text.append(close);
}

}  // namespace detail

template <>
struct codec<bool> {
  static void encode(Encoder& encoder, bool value) { encoder.boolean(value); }
  static bool decode(Decoder& decoder) { return decoder.boolean(); }
  static std::string describe(bool value) { return value ? "True" : "False"; }
};

template <std::signed_integral T>
struct codec<T> {
  static void encode(Encoder& encoder, T value) { encoder.integer(value); }
  static T decode(Decoder& decoder) {
    const std::int64_t value = decoder.integer();
    if (value < std::numeric_limits<T>::min() || value > std::numeric_limits<T>::max()) {
      detail::refuse("an integer does not fit its type");
    }
    return static_cast<T>(value);
  }
  static std::string describe(T value) { return describe_integer(value); }
};

template <std::unsigned_integral T>
struct codec<T> {
  static void encode(Encoder& encoder, T value) { encoder.natural(value); }
  static T decode(Decoder& decoder) {
    const std::uint64_t value = decoder.natural();
    if (value > std::numeric_limits<T>::max()) detail::refuse("an integer does not fit its type");
    return static_cast<T>(value);
  }
  static std::string describe(T value) { return describe_natural(value); }
};

template <std::floating_point T>
struct codec<T> {
  static void encode(Encoder& encoder, T value) { encoder.real(static_cast<double>(value)); }
  static T decode(Decoder& decoder) { return static_cast<T>(decoder.real()); }
  static std::string describe(T value) { return describe_real(static_cast<double>(value)); }
};

template <>
struct codec<std::string> {
  static void encode(Encoder& encoder, const std::string& value) { encoder.text(value); }
  static std::string decode(Decoder& decoder) { return decoder.text(); }
  static std::string describe(const std::string& value) { return describe_text(value); }
};

template <>
struct codec<Bytes> {
  static void encode(Encoder& encoder, const Bytes& value) { encoder.bytes(value); }
  static Bytes decode(Decoder& decoder) { return decoder.bytes(); }
  static std::string describe(const Bytes& value) { return describe_bytes(value); }
};

/// None is std::nullopt: the usual sentinel.
template <class T>
struct codec<std::optional<T>> {
  static void encode(Encoder& encoder, const std::optional<T>& value) {
    if (value) {
      encoder.array(1);
      codec<T>::encode(encoder, *value);
    } else {
      encoder.nil();
    }
  }
  static std::optional<T> decode(Decoder& decoder) {
    if (decoder.next_is_nil()) {
      decoder.nil();
      return std::nullopt;
    }
    if (decoder.array() != 1) detail::refuse("an optional holds more or less than one value");
    return codec<T>::decode(decoder);
  }
  static std::string describe(const std::optional<T>& value) {
    return value ? codec<T>::describe(*value) : std::string("None");
  }
};

template <class T>
struct codec<std::vector<T>> {
  static void encode(Encoder& encoder, const std::vector<T>& value) {
    encoder.array(value.size());
    for (const T& element : value) codec<T>::encode(encoder, element);
  }
  static std::vector<T> decode(Decoder& decoder) {
    const std::size_t size = decoder.array();
    std::vector<T> value;
    value.reserve(detail::modest(size));
    for (std::size_t i = 0; i < size; ++i) value.push_back(codec<T>::decode(decoder));
    return value;
  }
  static std::string describe(const std::vector<T>& value) {
    return detail::describe_range(value, "[", "]",
                                  [](const T& element) { return codec<T>::describe(element); });
  }
};

template <class A, class B>
struct codec<std::pair<A, B>> {
  static void encode(Encoder& encoder, const std::pair<A, B>& value) {
    encoder.array(2);
    codec<A>::encode(encoder, value.first);
    codec<B>::encode(encoder, value.second);
  }
  static std::pair<A, B> decode(Decoder& decoder) {
    if (decoder.array() != 2) detail::refuse("a pair has other than two elements");
    // Two statements: the order in which a call's arguments are decoded would be open.
    A first = codec<A>::decode(decoder);
    B second = codec<B>::decode(decoder);
    return {std::move(first), std::move(second)};
  }
  static std::string describe(const std::pair<A, B>& value) {
    return "(" + codec<A>::describe(value.first) + ", " + codec<B>::describe(value.second) + ")";
  }
};

template <class... T>
struct codec<std::tuple<T...>> {
  static void encode(Encoder& encoder, const std::tuple<T...>& value) {
    encoder.array(sizeof...(T));
    std::apply([&](const T&... element) { (codec<T>::encode(encoder, element), ...); }, value);
  }
  static std::tuple<T...> decode(Decoder& decoder) {
    if (decoder.array() != sizeof...(T)) detail::refuse("a tuple has another number of elements");
    return std::tuple<T...>{codec<T>::decode(decoder)...};  // braces: from left to right
  }
  static std::string describe(const std::tuple<T...>& value) {
    std::string text;
    std::apply(
        [&](const T&... element) {
          ((text += (text.empty() ? "" : ", ") + codec<T>::describe(element)), ...);
        },
        value);
    return "(" + text + (sizeof...(T) == 1 ? ",)" : ")");
  }
};

/// Keys and values alternate in one array, in key order, so that equal maps have equal bytes.
template <class K, class V>
struct codec<std::map<K, V>> {
  static void encode(Encoder& encoder, const std::map<K, V>& value) {
    encoder.array(2 * value.size());
    for (const auto& [key, element] : value) {
      codec<K>::encode(encoder, key);
      codec<V>::encode(encoder, element);
    }
  }
  static std::map<K, V> decode(Decoder& decoder) {
    const std::size_t size = decoder.array();
    if (size % 2 != 0) detail::refuse("a map has a key without a value");
    std::map<K, V> value;
    for (std::size_t i = 0; i < size; i += 2) {
      K key = codec<K>::decode(decoder);
      if (!value.try_emplace(std::move(key), codec<V>::decode(decoder)).second) {
        detail::refuse("a map has a key twice");
      }
    }
    return value;
  }
  static std::string describe(const std::map<K, V>& value) {
    return detail::describe_range(value, "{", "}", [](const std::pair<const K, V>& entry) {
      return codec<K>::describe(entry.first) + ": " + codec<V>::describe(entry.second);
    });
  }
};

}  // namespace mp
