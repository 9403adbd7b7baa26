// See the header: payloads as the types of C++ that the primitives take.
#include <cerrno>
#include <string>
#include <utility>

#include <heddle/programs/call.hpp>
#include <heddle/programs/limits.hpp>

namespace heddle::programs {
namespace {

template <class T>
const T& demand(const Payload& payload, std::string_view wanted) {
  if (const T* value = std::get_if<T>(&payload.kind)) return *value;
  throw TypeError("an argument is " + literal(payload) + ", not " + std::string(wanted));
}

double number(const Payload& payload) {
  if (const auto* value = std::get_if<std::int64_t>(&payload.kind)) return static_cast<double>(*value);
  return demand<double>(payload, "a number");
}

}  // namespace

bool Call::flag(std::size_t i, bool otherwise) const {
  return has(i) ? demand<bool>(payload(i), "True or False") : otherwise;
}
std::optional<std::int64_t> Call::integer(std::size_t i) const {
  if (!has(i) || is_none(payload(i))) return std::nullopt;
  return demand<std::int64_t>(payload(i), "an integer");
}
std::int64_t Call::integer(std::size_t i, std::int64_t otherwise) const {
  return has(i) ? demand<std::int64_t>(payload(i), "an integer") : otherwise;
}
int Call::small_integer(std::size_t i, int otherwise) const {
  const std::int64_t number = integer(i, otherwise);
  if (!std::in_range<int>(number)) throw mp::ValueError(std::to_string(number) + " is out of range");
  return static_cast<int>(number);
}

std::int64_t Call::size(std::size_t i, std::int64_t otherwise) const {
  const std::int64_t size = integer(i, otherwise);
  if (size > limits::sized_max) throw mp::OSError("a program may not ask for so much memory", ENOMEM);
  return size;
}
mp::Timeout Call::timeout(std::size_t i) const {
  if (!has(i) || is_none(payload(i))) return std::nullopt;
  return std::chrono::duration<double>(number(payload(i)));
}
double Call::seconds(std::size_t i) const { return number(payload(i)); }
mp::Bytes Call::bytes(std::size_t i) const {
  if (const auto* sized = std::get_if<Sized>(&payload(i).kind))
    return mp::Bytes(static_cast<std::size_t>(sized->bytes));
  return demand<mp::Bytes>(payload(i), "bytes");
}
std::optional<std::string> Call::optional_text(std::size_t i) const {
  if (!has(i) || is_none(payload(i))) return std::nullopt;
  return text(i);
}
const std::string& Call::text(std::size_t i) const { return demand<std::string>(payload(i), "a text"); }

}  // namespace heddle::programs
