// The code of a task: calls one function any number of times, with arguments that it decodes one call after
// another, and encodes what each gives. One thunk per function, so that a task is its address and bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>

#include <mp/pool/results.hpp>
#include <mp/process/arguments.hpp>
#include <mp/process/fn.hpp>

namespace mp::detail {

struct TaskCall {
  Decoder& arguments;
  Encoder& results;
  bool is_encoding = false;  // an exception that leaves now is about the result
};

using TaskCode = void (*)(TaskCall&);

template <auto Target>
using ResultOf = typename SignatureOf<Target>::Result;

/// Calls Target with the values, which it may change.
template <auto Target, class Values>
Stored<ResultOf<Target>> call_target(Values& values) {
  using Parameters = typename SignatureOf<Target>::Parameters;
  return [&]<std::size_t... I>(std::index_sequence<I...>)->Stored<ResultOf<Target>> {
    if constexpr (std::is_void_v<ResultOf<Target>>) {
      Target(hand_over<std::tuple_element_t<I, Parameters>>(std::get<I>(values))...);
      return {};
    } else {
      return Target(hand_over<std::tuple_element_t<I, Parameters>>(std::get<I>(values))...);
    }
  }
  (std::make_index_sequence<SignatureOf<Target>::arity>{});
}

template <auto Target>
auto decode_parameters(Decoder& decoder) {
  using Values = typename SignatureOf<Target>::Values;
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    // Braces, because they alone promise that the arguments are decoded from left to right.
    return Values{codec<std::tuple_element_t<I, Values>>::decode(decoder)...};
  }
  (std::make_index_sequence<SignatureOf<Target>::arity>{});
}

/// All calls of one task (TaskCode). The first that raises ends it (POOL-10).
template <auto Target>
void run_calls(TaskCall& call) {
  static_assert(ResultCrosses<ResultOf<Target>>,
                "a result cannot cross a process boundary: give it a codec<T>");
  for (std::uint64_t left = call.arguments.natural(); left > 0; --left) {
    auto values = decode_parameters<Target>(call.arguments);
    const Stored<ResultOf<Target>> result = call_target<Target>(values);
    call.is_encoding = true;
    encode_result<ResultOf<Target>>(call.results, result);
    call.is_encoding = false;
  }
  call.arguments.finish();
}

// The arguments of one call, encoded as Target's parameters: from args(...), from one element of map's range,
// or from one tuple of starmap's.
struct OneElement {};
struct OneTuple {};

template <auto Target, class Element>
void encode_call(Encoder& encoder, const Element& element, OneElement) {
  static_assert(SignatureOf<Target>::arity == 1, "map calls a function of one parameter: use starmap");
  encode_argument<std::tuple_element_t<0, typename SignatureOf<Target>::Parameters>>(encoder, element);
}

template <auto Target, class Element>
void encode_call(Encoder& encoder, const Element& element, OneTuple) {
  using Parameters = typename SignatureOf<Target>::Parameters;
  static_assert(std::tuple_size_v<Element> == SignatureOf<Target>::arity,
                "the tuples of starmap have as many elements as the function has parameters");
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (encode_argument<std::tuple_element_t<I, Parameters>>(encoder, std::get<I>(element)), ...);
  }
  (std::make_index_sequence<SignatureOf<Target>::arity>{});
}

/// What map iterates over: the keys of a mapping (POOL-07), the elements of any other range.
template <class Range, class Element>
auto& input_of(Element& element) {
  if constexpr (requires { typename std::remove_cvref_t<Range>::mapped_type; }) {
    return element.first;
  } else {
    return element;
  }
}

}  // namespace mp::detail
