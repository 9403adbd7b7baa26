// The target of a process as a compile-time constant: fn<&worker>, or fn<[](Queue<int>& q) { ... }> with
// a lambda that captures nothing. A constant needs no registry: each target gets a thunk of its own, and
// a child of the same image finds it. What a target takes, it gets decoded in the child, so every
// parameter type must be able to cross a process boundary (codec.hpp).
#pragma once

#include <cstddef>
#include <tuple>
#include <type_traits>

namespace mp {

/// The type of fn<Target>; empty, it only carries the constant.
template <auto Target>
struct Fn {};

template <auto Target>
inline constexpr Fn<Target> fn{};

namespace detail {

template <class T>
struct Signature;  // no definition: the target is neither a function nor a lambda without captures

template <class R, class... P>
struct Signature<R (*)(P...)> {
  using Result = R;
  using Parameters = std::tuple<P...>;  // declared types, references and all
  using Values = std::tuple<std::decay_t<P>...>;
  static constexpr std::size_t arity = sizeof...(P);
};
template <class R, class... P>
struct Signature<R (*)(P...) noexcept> : Signature<R (*)(P...)> {};
template <class C, class R, class... P>
struct Signature<R (C::*)(P...) const> : Signature<R (*)(P...)> {};
template <class C, class R, class... P>
struct Signature<R (C::*)(P...) const noexcept> : Signature<R (*)(P...)> {};
template <class L>
requires std::is_class_v<L>
struct Signature<L> : Signature<decltype(&L::operator())> {
};

template <auto Target>
using SignatureOf = Signature<std::remove_cv_t<decltype(Target)>>;

}  // namespace detail
}  // namespace mp
