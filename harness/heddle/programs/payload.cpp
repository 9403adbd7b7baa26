// Payloads as bytes: an array of the alternative's number and its content. The number is the alternative's
// index, because both ends are the same binary.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include <heddle/programs/limits.hpp>
#include <heddle/programs/objects/registry.hpp>
#include <heddle/programs/payload.hpp>
#include <mp/errors.hpp>
#include <mp/process/current_process.hpp>

namespace heddle::programs {
namespace {

std::string quoted(std::string_view text, bool is_bytes) {
  std::string out = is_bytes ? "b'" : "'";
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    if (letter == '\'' || letter == '\\')
      out += {'\\', letter};
    else if (byte < 0x20 || byte == 0x7f || (is_bytes && byte > 0x7f))
      out += fmt::format("\\x{:02x}", byte);
    else
      out += letter;
  }
  return out + "'";
}

std::string real_literal(double value) {
  std::string text = fmt::format("{}", value);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return text;
}

constexpr std::int64_t too_many = INT64_MAX / 2;

/// About what it takes in memory; too many: something in it is beyond the limits.
std::int64_t bytes_within(const Payload& payload, int depth) {
  if (const auto* sized = std::get_if<Sized>(&payload.kind))
    return sized->bytes < 0 ? too_many : sized->bytes;
  if (const auto* slow = std::get_if<Slow>(&payload.kind))
    return slow->seconds >= 0 && slow->seconds <= limits::seconds_max ? 0 : too_many;
  if (const auto* text = std::get_if<std::string>(&payload.kind)) return std::ssize(*text);
  if (const auto* bytes = std::get_if<mp::Bytes>(&payload.kind)) return std::ssize(*bytes);
  const auto* list = std::get_if<List>(&payload.kind);
  if (list == nullptr) return 0;
  if (depth == limits::list_depth_max) return too_many;
  std::int64_t bytes = 0;
  for (const Payload& item : list->items) {
    bytes += static_cast<std::int64_t>(sizeof(Payload)) + bytes_within(item, depth + 1);
    if (bytes > limits::sized_max) return too_many;
  }
  return bytes;
}

template <class Range>
bool begins(const Range& whole, const Range& beginning) {
  return std::ranges::mismatch(whole, beginning).in2 == beginning.end();
}

template <class Range>
Range joined(Range one, const Range& other) {
  one.insert(one.end(), other.begin(), other.end());
  return one;
}

struct Sum {
  using Maybe = std::optional<Payload>;
  Maybe operator()(std::int64_t one, std::int64_t other) const {
    std::int64_t sum = 0;
    return __builtin_add_overflow(one, other, &sum) ? std::nullopt : Maybe(payload_of(sum));
  }
  Maybe operator()(double one, double other) const { return Payload{one + other}; }
  Maybe operator()(double one, std::int64_t other) const { return Payload{one + static_cast<double>(other)}; }
  Maybe operator()(std::int64_t one, double other) const { return Payload{static_cast<double>(one) + other}; }
  Maybe operator()(const std::string& one, const std::string& other) const {
    return Payload{joined(one, other)};
  }
  Maybe operator()(const mp::Bytes& one, const mp::Bytes& other) const { return Payload{joined(one, other)}; }
  Maybe operator()(const List& one, const List& other) const {
    return Payload{List{joined(one.items, other.items)}};
  }
  template <class T, class U>
  Maybe operator()(const T&, const U&) const {
    return std::nullopt;
  }
};

struct Literal {
  std::string operator()(const None&) const { return "None"; }
  std::string operator()(bool value) const { return value ? "True" : "False"; }
  std::string operator()(std::int64_t value) const { return fmt::format("{}", value); }
  std::string operator()(double value) const { return real_literal(value); }
  std::string operator()(const std::string& value) const { return quoted(value, false); }
  std::string operator()(const mp::Bytes& value) const {
    return quoted({reinterpret_cast<const char*>(value.data()), value.size()}, true);
  }
  std::string operator()(const List& value) const {
    std::string text;
    for (const Payload& item : value.items) text += (text.empty() ? "" : ", ") + literal(item);
    return "[" + text + "]";
  }
  std::string operator()(const Sized& value) const { return fmt::format("size({})", value.bytes); }
  std::string operator()(const Slow& value) const {
    return fmt::format("slow({})", real_literal(value.seconds));
  }
  std::string operator()(const Unserialisable&) const { return "unserialisable"; }
  std::string operator()(const Undecodable&) const { return "undecodable"; }
  std::string operator()(const Carried& value) const { return fmt::format("<{}>", value.kind->name); }
};

}  // namespace

bool operator==(const List& one, const List& other) { return one.items == other.items; }
bool operator==(const Payload& one, const Payload& other) { return one.kind == other.kind; }

bool is_none(const Payload& payload) { return std::holds_alternative<None>(payload.kind); }

bool matches(const Payload& expected, const Payload& got) {
  const auto* size = std::get_if<Sized>(&expected.kind);
  const auto* bytes = std::get_if<mp::Bytes>(&got.kind);
  if (size != nullptr && bytes != nullptr) return static_cast<std::int64_t>(bytes->size()) == size->bytes;
  return expected == got;
}

bool is_permutation(const Payload& one, const Payload& other) {
  const auto* left = std::get_if<List>(&one.kind);
  const auto* right = std::get_if<List>(&other.kind);
  return left != nullptr && right != nullptr && std::ranges::is_permutation(left->items, right->items);
}

bool begins_with(const Payload& whole, const Payload& beginning) {
  if (whole.kind.index() != beginning.kind.index()) return false;
  if (const auto* text = std::get_if<std::string>(&whole.kind))
    return text->starts_with(std::get<std::string>(beginning.kind));
  if (const auto* bytes = std::get_if<mp::Bytes>(&whole.kind))
    return begins(*bytes, std::get<mp::Bytes>(beginning.kind));
  const auto* list = std::get_if<List>(&whole.kind);
  return list != nullptr && begins(list->items, std::get<List>(beginning.kind).items);
}

bool is_within_limits(const Payload& payload) { return bytes_within(payload, 0) <= limits::sized_max; }

std::optional<Payload> sum_of(const Payload& one, const Payload& other) {
  std::optional<Payload> sum = std::visit(Sum{}, one.kind, other.kind);
  return sum && is_within_limits(*sum) ? sum : std::nullopt;
}

std::string literal(const Payload& payload) { return std::visit(Literal{}, payload.kind); }

}  // namespace heddle::programs

namespace mp {
namespace {

using heddle::programs::Carried;
using heddle::programs::List;
using heddle::programs::None;
using heddle::programs::Payload;
using heddle::programs::Sized;
using heddle::programs::Slow;
using heddle::programs::Undecodable;
using heddle::programs::Unserialisable;

struct EncodeContent {
  Encoder& encoder;
  void operator()(const None&) const { encoder.nil(); }
  template <class T>
  void operator()(const T& value) const {
    codec<T>::encode(encoder, value);
  }
  void operator()(const List& value) const { codec<std::vector<Payload>>::encode(encoder, value.items); }
  void operator()(const Sized& value) const { encoder.bytes(Bytes(static_cast<std::size_t>(value.bytes))); }
  void operator()(const Slow& value) const {
    sleep(std::chrono::duration<double>(value.seconds));
    encoder.real(value.seconds);
  }
  void operator()(const Unserialisable&) const { throw RuntimeError("the payload is unserialisable"); }
  void operator()(const Undecodable&) const { encoder.nil(); }
  void operator()(const Carried& value) const {
    value.object->encode(encoder);
    if (value.kind != &heddle::programs::result_kind())
      throw RuntimeError("only a connection travels in messages");
  }
};

template <class T>
struct DecodeContent {
  static T decode(Decoder& decoder) { return codec<T>::decode(decoder); }
};
template <>
struct DecodeContent<None> {
  static None decode(Decoder& decoder) {
    decoder.nil();
    return {};
  }
};
template <>
struct DecodeContent<List> {
  static List decode(Decoder& decoder) { return {codec<std::vector<Payload>>::decode(decoder)}; }
};
template <>
struct DecodeContent<Sized> {
  static Sized decode(Decoder& decoder) { return {static_cast<std::int64_t>(decoder.bytes().size())}; }
};
template <>
struct DecodeContent<Slow> {
  static Slow decode(Decoder& decoder) { return {decoder.real()}; }
};
template <>
struct DecodeContent<Carried> {
  static Carried decode(Decoder& decoder) {
    const heddle::programs::KindRow& kind = heddle::programs::result_kind();
    return {kind.decode(decoder), &kind};
  }
};
template <class T>
requires std::is_same_v<T, Unserialisable> || std::is_same_v<T, Undecodable>
struct DecodeContent<T> {
  static T decode(Decoder&) { throw DecodeError("the payload is undecodable"); }
};

template <std::size_t... I>
Payload decode_alternative(Decoder& decoder, std::size_t index, std::index_sequence<I...>) {
  Payload payload;
  const bool is_known =
      ((index == I &&
        (payload.kind = DecodeContent<std::variant_alternative_t<I, Payload::Kind>>::decode(decoder),
         true)) ||
       ...);
  if (!is_known) throw DecodeError("a payload of an unknown kind");
  return payload;
}

struct Words {
  const Payload& payload;
  std::string operator()(const std::string& value) const { return describe_text(value); }
  std::string operator()(const Bytes& value) const { return describe_bytes(value); }
  std::string operator()(const List& value) const {
    return codec<std::vector<Payload>>::describe(value.items);
  }
  template <class T>
  std::string operator()(const T&) const {
    return literal(payload);
  }
};

}  // namespace

void codec<Payload>::encode(Encoder& encoder, const Payload& payload) {
  encoder.array(2);
  encoder.natural(payload.kind.index());
  std::visit(EncodeContent{encoder}, payload.kind);
}

Payload codec<Payload>::decode(Decoder& decoder) {
  if (decoder.array() != 2) throw DecodeError("a payload has other than two parts");
  const std::uint64_t index = decoder.natural();
  return decode_alternative(decoder, index, std::make_index_sequence<std::variant_size_v<Payload::Kind>>{});
}

std::string codec<Payload>::describe(const Payload& payload) {
  return std::visit(Words{payload}, payload.kind);
}

}  // namespace mp
