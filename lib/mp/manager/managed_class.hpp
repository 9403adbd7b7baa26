// Classes of the program's own as managed types: an object lives in the manager's server, and clients call
// those of its methods that the class names (MGR-07):
//
//   struct Counter {
//     int next() { return ++value; }
//     int value = 0;
//   };
//   template <>
//   struct mp::managed_class<Counter> {
//     using constructor = mp::Constructor<>;
//     static constexpr auto methods = mp::methods(mp::method<&Counter::next>("next"));
//   };
//
//   manager.register_class<Counter>("Counter");   // before it starts
//   auto counter = manager.create<Counter>("Counter");
//   counter.call<&Counter::next>();
//
// Calls on one object take turns, so each is atomic; they hold up no other object, so a method may take its
// time. Arguments and results are copied and need codecs. What a method throws is thrown to its caller.
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <mp/manager/object.hpp>
#include <mp/manager/proxy.hpp>

namespace mp {

/// The parameters of the constructor that clients call.
template <class... A>
struct Constructor {};

/// To be specialised: see above.
template <class T>
struct managed_class;

namespace detail {

template <class M>
struct MethodSignature;
template <class R, class C, class... P>
struct MethodSignature<R (C::*)(P...)> {
  using Class = C;
  using Result = std::decay_t<R>;
  using Parameters = std::tuple<std::decay_t<P>...>;
};
template <class R, class C, class... P>
struct MethodSignature<R (C::*)(P...) const> : MethodSignature<R (C::*)(P...)> {};

template <auto M>
using SignatureOfMethod = MethodSignature<std::remove_cv_t<decltype(M)>>;

/// The arguments of a call, from left to right. DecodeError: others than these.
template <class Tuple>
Tuple decode_all(std::span<const manager::Stored> arguments) {
  manager::demand_arguments(arguments, std::tuple_size_v<Tuple>);
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return Tuple{decode_message<std::tuple_element_t<I, Tuple>>(arguments[I].bytes)...};
  }
  (std::make_index_sequence<std::tuple_size_v<Tuple>>{});
}

}  // namespace detail

/// A method by its name, for a constant table.
template <auto M>
struct NamedMethod {
  static constexpr auto pointer = M;
  using Class = typename detail::SignatureOfMethod<M>::Class;
  std::string_view name;

  manager::Reply run(Class& object, std::span<const manager::Stored> arguments) const {
    using Signature = detail::SignatureOfMethod<M>;
    auto values = detail::decode_all<typename Signature::Parameters>(arguments);
    const auto invoke = [&](auto&... each) -> decltype(auto) { return (object.*M)(std::move(each)...); };
    if constexpr (std::is_void_v<typename Signature::Result>) {
      std::apply(invoke, values);
      return manager::done();
    } else {
      return manager::done_with(static_cast<typename Signature::Result>(std::apply(invoke, values)));
    }
  }
};

template <auto M>
constexpr NamedMethod<M> method(std::string_view name) {
  return {name};
}

template <auto... M>
constexpr std::tuple<NamedMethod<M>...> methods(NamedMethod<M>... named) {
  return {named...};
}

namespace manager {

inline constexpr ProxyType object_proxy{"ObjectProxy", "object", ObjectKind::managed_object};

/// An object of a class of the program's own.
template <class T>
class ForeignObject final : public Object {
 public:
  static std::unique_ptr<Object> make(std::vector<Stored> arguments) {
    return construct(arguments, typename managed_class<T>::constructor());
  }

  std::optional<Reply> attempt(Call& call) override {
    call.tell(ObjectKind::managed_object, Access::update, 0);
    std::optional<Reply> reply;
    std::apply(
        [&](const auto&... each) {
          static_cast<void>(((each.name == call.request.method &&
                              (reply.emplace(each.run(object_, call.arguments)), true)) ||
                             ...));
        },
        managed_class<T>::methods);
    return reply ? reply : failed("the object has no method '" + call.request.method + "' for clients");
  }
  std::optional<Reply> expire(Call&) override { return failed("the call took too long"); }
  void withdraw(Call&) override {}
  void undo(Call&) override {}
  bool is_foreign() const override { return true; }

 private:
  explicit ForeignObject(T object) : object_(std::move(object)) {}

  template <class... A>
  static std::unique_ptr<Object> construct(std::span<const Stored> arguments, Constructor<A...>) {
    auto values = detail::decode_all<std::tuple<std::decay_t<A>...>>(arguments);
    return std::apply(
        [](auto&... each) { return std::unique_ptr<Object>(new ForeignObject(T{std::move(each)...})); },
        values);
  }

  T object_;
};

}  // namespace manager

/// A proxy of an object of class T.
template <class T>
class ObjectProxy : public Proxy {
 public:
  static constexpr const manager::ProxyType& type = manager::object_proxy;
  using Proxy::Proxy;

  /// Calls a method that the class names. Throws what it throws.
  template <auto M, class... A>
  typename detail::SignatureOfMethod<M>::Result call(const A&... arguments) const {
    using Signature = detail::SignatureOfMethod<M>;
    return call_as<typename Signature::Result>(name_of<M>(), typename Signature::Parameters(arguments...));
  }
  /// The same by name, which may be of no method or of one that is not for clients: RemoteError.
  template <class R, class... A>
  R call_named(std::string_view method, const A&... arguments) const {
    return call_as<R>(method, std::tuple<std::decay_t<const A>...>(arguments...));
  }

  static ObjectProxy decode(Decoder& decoder) {
    return ObjectProxy(manager::ProxyCore::decode(decoder, type));
  }

 private:
  template <auto M>
  static constexpr std::string_view name_of() {
    std::string_view name;
    std::apply(
        [&](const auto&... each) {
          const auto look = [&](const auto& one) {
            if constexpr (std::is_same_v<std::decay_t<decltype(one)>, NamedMethod<M>>) name = one.name;
          };
          (look(each), ...);
        },
        managed_class<T>::methods);
    return name;
  }
  template <class R, class... A>
  R call_as(std::string_view method, const std::tuple<A...>& arguments) const {
    const Location where = Location::current();
    Operation operation = begin(Verb::call, where);
    operation.argument([&] { return std::string(method); });
    const manager::Reply reply = std::apply(
        [&](const A&... each) { return Proxy::call(operation, method, where, each...); }, arguments);
    operation.succeed();
    if constexpr (!std::is_void_v<R>) return core_.template result<R>(manager::only(reply));
  }
};

}  // namespace mp
