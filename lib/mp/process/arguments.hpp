// The arguments of a process: args(tasks, results, 3). They are held by reference and only for the
// expression that builds the Process, which encodes them at once as the parameter types of its target.
// So arguments are taken at construction, not at start(): a value changed between the two arrives in the
// child as it was, and a handle must stay open until start() returns. Each check is made at compile time,
// with a sentence for the reader.
#pragma once

#include <concepts>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

#include <mp/codec/codec.hpp>
#include <mp/errors.hpp>
#include <mp/process/fn.hpp>

namespace mp {

template <class... A>
class Arguments {
 public:
  explicit Arguments(A&&... arguments) : references_(std::forward<A>(arguments)...) {}
  Arguments(const Arguments&) = delete;
  Arguments& operator=(const Arguments&) = delete;

  const std::tuple<A&&...>& references() const { return references_; }

 private:
  std::tuple<A&&...> references_;
};

/// What a Process is to give its target. Use it only inside the Process constructor's parentheses.
template <class... A>
Arguments<A...> args(A&&... arguments) {
  return Arguments<A...>(std::forward<A>(arguments)...);
}

namespace detail {

template <class T>
concept Crosses = requires(Encoder& encoder, Decoder& decoder, const T& value) {
  codec<T>::encode(encoder, value);
  { codec<T>::decode(decoder) } -> std::same_as<T>;
};

/// A literal 7 may be given for a parameter of any number type that can hold it. ValueError otherwise.
template <class T, class Argument>
T convert_number(Argument argument) {
  const T converted = static_cast<T>(argument);
  if constexpr (std::is_integral_v<T> && std::is_integral_v<Argument>) {
    if (static_cast<Argument>(converted) != argument || (converted < T{}) != (argument < Argument{})) {
      throw ValueError("an integer argument does not fit the target's parameter");
    }
  }
  return converted;
}

/// Encodes one argument as the parameter's type: a handle itself, a value after implicit conversion.
template <class Parameter, class Argument>
void encode_argument(Encoder& encoder, const Argument& argument) {
  using T = std::decay_t<Parameter>;
  static_assert(!std::is_pointer_v<T>,
                "a pointer means nothing in another process: pass a value or a handle");
  static_assert(Crosses<T>, "a parameter of the target cannot cross a process boundary: give it a codec<T>");
  static_assert(std::is_convertible_v<const Argument&, const T&>,
                "an argument does not convert to the type of the target's parameter at the same position");
  if constexpr (std::is_arithmetic_v<T> && std::is_arithmetic_v<Argument>) {
    codec<T>::encode(encoder, convert_number<T>(argument));
  } else if constexpr (std::is_convertible_v<const Argument&, const T&>) {
    codec<T>::encode(encoder, argument);
  }
}

/// Encodes all arguments for Target, in order.
template <auto Target, class... A>
void encode_arguments(Encoder& encoder, const Arguments<A...>& arguments) {
  using Parameters = typename SignatureOf<Target>::Parameters;
  static_assert(sizeof...(A) == SignatureOf<Target>::arity,
                "the number of arguments differs from the number of the target's parameters");
  if constexpr (sizeof...(A) == SignatureOf<Target>::arity) {
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      (encode_argument<std::tuple_element_t<I, Parameters>>(encoder, std::get<I>(arguments.references())),
       ...);
    }
    (std::make_index_sequence<sizeof...(A)>{});
  }
}

/// An argument as the target's parameter takes it: an lvalue for T& and const T&, moved otherwise.
template <class Parameter, class T>
decltype(auto) hand_over(T& value) {
  if constexpr (std::is_lvalue_reference_v<Parameter>) {
    return static_cast<T&>(value);
  } else {
    return static_cast<T&&>(value);
  }
}

/// Decodes what encode_arguments wrote and calls Target; its return value is ignored (PROC-17).
template <auto Target>
void call_with_arguments(Decoder& decoder) {
  using Parameters = typename SignatureOf<Target>::Parameters;
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    // Braces, because they alone promise that the arguments are decoded from left to right.
    typename SignatureOf<Target>::Values values{
        codec<std::tuple_element_t<I, typename SignatureOf<Target>::Values>>::decode(decoder)...};
    decoder.finish();
    static_cast<void>(Target(hand_over<std::tuple_element_t<I, Parameters>>(std::get<I>(values))...));
  }
  (std::make_index_sequence<SignatureOf<Target>::arity>{});
}

}  // namespace detail
}  // namespace mp
