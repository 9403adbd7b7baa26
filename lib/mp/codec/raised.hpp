// Exceptions as values: what a worker or a server sends of an exception that its caller is to see. A Raised
// is made inside a handler and thrown again in another process, there with its own type if it is one of
// errors.hpp or one of the language's that has nothing but words; else as a RemoteError that has its type's
// name and words (POOL-16, MGR-07).
//
// An exception of the program's own crosses as what it is where the caller names its type and the type has a
// codec: raises<Storm, Flood>. Nothing is registered: what is named is two functions, of which one is called
// where the exception is caught and the other where it is thrown again.
//
// Bytes that do not decode are a DecodeError where they are thrown again, and nowhere else.
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <type_traits>
#include <typeinfo>

#include <mp/codec/codec.hpp>
#include <mp/process/uncaught.hpp>

namespace mp {

struct Raised {
  std::string type = {};    // as C++ names it: "mp::KeyError"
  std::string words = {};   // its what(); empty if it has none
  std::int64_t number = 0;  // an OSError's errno, a WorkerLost's exit code
  Bytes value = {};         // what else its type keeps: BufferTooShort's message, or what its codec wrote
  friend bool operator==(const Raised&, const Raised&) = default;
};

template <>
struct codec<Raised> {
  static void encode(Encoder& encoder, const Raised& raised);
  static Raised decode(Decoder& decoder);
  static std::string describe(const Raised& raised);
};

/// Types of the program's own that cross. Null: none.
struct Raises {
  bool (*take)(Raised& into) = nullptr;           // inside a handler: is it one of them? Then as a value
  void (*raise)(const Raised& raised) = nullptr;  // throws it if it is one of them
};

/// The exception that is being handled. An exception whose own codec throws counts as one without a codec.
Raised raised_now(bool (*take)(Raised& into) = nullptr);

/// Throws it again. DecodeError: its value does not decode; or whatever the type's own codec throws.
[[noreturn]] void raise(const Raised& raised, const Raises& own = {});

/// The same, caught: never null.
std::exception_ptr exception_of(const Raised& raised, const Raises& own = {});

namespace detail {

template <class E>
bool is_exactly(const E& exception) {
  if constexpr (std::is_polymorphic_v<E>) return typeid(exception) == typeid(E);
  return true;
}

template <class E>
std::string words_of_exception(const E& exception) {
  if constexpr (std::is_base_of_v<std::exception, E>) return exception.what();
  return {};
}

template <class E>
bool take_raised(Raised& into) {
  try {
    throw;
  } catch (const E& exception) {
    if (!is_exactly(exception)) return false;  // a type derived from it would lose what it adds
    into = {.type = type_in_words(typeid(E)),
            .words = words_of_exception(exception),
            .value = encode_message(exception)};
    return true;
  } catch (...) {
    return false;
  }
}

template <class E>
void raise_again(const Raised& raised) {
  if (raised.type == type_in_words(typeid(E))) throw decode_message<E>(raised.value);
}

}  // namespace detail

template <class... E>
inline constexpr Raises raises{.take = [](Raised& into) { return (detail::take_raised<E>(into) || ...); },
                               .raise = [](const Raised& raised) { (detail::raise_again<E>(raised), ...); }};

}  // namespace mp
