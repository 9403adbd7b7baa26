// Values as msgpack. Writing is msgpack-cxx's packer; reading takes one token at a time off the front of
// the bytes, because msgpack-cxx's own parser allocates a stack for every call and would have to be handed
// limits for each message. Here there is nothing to limit: a text or an array that claims more than the
// bytes that are left is refused before anything is allocated, and how deep values nest is decided by the
// C++ type that is read, never by the bytes.
#include <mp/codec/codec.hpp>

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <limits>
#include <msgpack/pack.hpp>

#include <mp/codec/tokens.hpp>
#include <mp/errors.hpp>
#include <mp/shared/heap.hpp>

namespace mp {

namespace detail {

void refuse(std::string_view words) { throw DecodeError(std::string(words)); }

}  // namespace detail

namespace {

using detail::refuse;

/// Where msgpack's packer puts its bytes.
class Appender {
 public:
  explicit Appender(Bytes& out) : out_(out) {}
  void write(const char* data, std::size_t size) {
    const auto* const first = reinterpret_cast<const std::byte*>(data);
    out_.insert(out_.end(), first, first + size);
  }

 private:
  Bytes& out_;
};

template <class Pack>
void pack(Bytes& out, Pack&& what) {
  Appender appender(out);
  msgpack::packer<Appender> packer(appender);
  what(packer);
}

/// msgpack counts in 32 bits.
std::uint32_t to_size(std::size_t size) {
  if (size > std::numeric_limits<std::uint32_t>::max())
    throw ValueError("a value is too large to be encoded");
  return static_cast<std::uint32_t>(size);
}

/// The next token, which must be of this type; only then is it taken off `rest`.
Token expect(std::span<const std::byte>& rest, TokenType type, std::string_view words) {
  TokenReader reader(rest);
  const Token token = reader.next();
  if (token.type != type) refuse(words);
  rest = reader.rest();
  return token;
}

}  // namespace

PassedDescriptors::~PassedDescriptors() {
  for (const Descriptor fd : fds_)
    if (fd >= 0) static_cast<void>(os().close(fd));
}

std::vector<Descriptor> PassedDescriptors::left() const {
  std::vector<Descriptor> open;
  for (const Descriptor fd : fds_)
    if (fd >= 0) open.push_back(fd);
  return open;
}

Descriptor PassedDescriptors::take(std::uint64_t position) {
  if (position >= fds_.size() || fds_[position] < 0) refuse("a descriptor did not come with its message");
  return std::exchange(fds_[position], -1);
}

void Encoder::nil() {
  pack(out_, [](auto& packer) { packer.pack_nil(); });
}

void Encoder::boolean(bool value) {
  pack(out_, [&](auto& packer) { value ? packer.pack_true() : packer.pack_false(); });
}

void Encoder::integer(std::int64_t value) {
  pack(out_, [&](auto& packer) { packer.pack_int64(value); });
}

void Encoder::natural(std::uint64_t value) {
  pack(out_, [&](auto& packer) { packer.pack_uint64(value); });
}

// By hand, because the packer turns a whole number into an integer and so loses a zero's sign.
void Encoder::real(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value);
  out_.push_back(std::byte{0xcb});
  for (unsigned shift = 64; shift > 0; shift -= 8)
    out_.push_back(static_cast<std::byte>(bits >> (shift - 8)));
}

void Encoder::text(std::string_view value) {
  pack(out_, [&](auto& packer) {
    packer.pack_str(to_size(value.size()));
    packer.pack_str_body(value.data(), to_size(value.size()));
  });
}

void Encoder::bytes(std::span<const std::byte> value) {
  pack(out_, [&](auto& packer) {
    packer.pack_bin(to_size(value.size()));
    packer.pack_bin_body(reinterpret_cast<const char*>(value.data()), to_size(value.size()));
  });
}

void Encoder::array(std::size_t size) {
  pack(out_, [&](auto& packer) { packer.pack_array(to_size(size)); });
}

void Encoder::extension(std::uint8_t type, std::span<const std::byte> value) {
  pack(out_, [&](auto& packer) {
    packer.pack_ext(to_size(value.size()), static_cast<std::int8_t>(type));
    packer.pack_ext_body(reinterpret_cast<const char*>(value.data()), to_size(value.size()));
  });
}

void Encoder::shared(const void* address, std::string_view what) {
  demand_birth(what);
  if (method_ == StartMethod::fork) return natural(reinterpret_cast<std::uintptr_t>(address));
  const std::optional<SegmentPlace> place = place_of(os(), address);
  if (!place) {
    throw RuntimeError(
        fmt::format("{} objects with memory of another process cannot be spawned along", what));
  }
  array(2);
  descriptor(place->segment, what);
  natural(place->offset);
}

void Encoder::descriptor(Descriptor fd, std::string_view what) {
  demand_birth(what);
  integer(fd);
  belongings_.descriptors.push_back(fd);
}

void Encoder::passed_descriptor(Descriptor fd, std::string_view what) {
  if (crossing_ != Crossing::connection) return descriptor(fd, what);
  natural(passed_.size());
  passed_.push_back(fd);
}

void Encoder::demand_birth(std::string_view what) const {
  if (crossing_ == Crossing::birth) return;
  throw RuntimeError(
      fmt::format("{} objects should only be shared between processes through inheritance", what));
}

bool Decoder::next_is_nil() const {
  return !rest_.empty() && TokenReader(rest_).next().type == TokenType::nil;
}

void Decoder::nil() { expect(rest_, TokenType::nil, "expected None"); }

bool Decoder::boolean() { return expect(rest_, TokenType::boolean, "expected a truth value").number != 0; }

std::int64_t Decoder::integer() {
  TokenReader reader(rest_);
  const Token token = reader.next();
  const bool fits = token.type == TokenType::negative ||
                    (token.type == TokenType::natural &&
                     token.number <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()));
  if (!fits) refuse("expected an integer");
  rest_ = reader.rest();
  return static_cast<std::int64_t>(token.number);
}

std::uint64_t Decoder::natural() {
  return expect(rest_, TokenType::natural, "expected a natural number").number;
}

double Decoder::real() {
  return std::bit_cast<double>(expect(rest_, TokenType::real, "expected a real number").number);
}

std::string Decoder::text() {
  const Token token = expect(rest_, TokenType::text, "expected text");
  return std::string(reinterpret_cast<const char*>(token.body.data()), token.body.size());
}

Bytes Decoder::bytes() {
  const Token token = expect(rest_, TokenType::bytes, "expected bytes");
  return Bytes(token.body.begin(), token.body.end());
}

std::size_t Decoder::array() {
  auto rest = rest_;
  const Token token = expect(rest, TokenType::array, "expected an array");
  if (token.number > rest.size()) refuse("an array claims more elements than there are bytes");
  rest_ = rest;
  return static_cast<std::size_t>(token.number);
}

Bytes Decoder::extension(std::uint8_t type) {
  auto rest = rest_;
  const Token token = expect(rest, TokenType::extension, "expected an object");
  if (token.number != type) refuse("expected an object of another kind");
  rest_ = rest;
  return Bytes(token.body.begin(), token.body.end());
}

// An address by fork, a place by spawn.
void* Decoder::shared() {
  const bool is_address = !rest_.empty() && TokenReader(rest_).next().type == TokenType::natural;
  if (is_address) return reinterpret_cast<void*>(static_cast<std::uintptr_t>(natural()));
  if (array() != 2) refuse("expected a place in shared memory");
  const Descriptor segment = descriptor();
  return address_of(os(), {.segment = segment, .offset = natural()});
}

Descriptor Decoder::descriptor() { return codec<Descriptor>::decode(*this); }

Descriptor Decoder::passed_descriptor() {
  return passed_ == nullptr ? descriptor() : passed_->take(natural());
}

void Decoder::finish() const {
  if (!rest_.empty()) refuse("bytes are left over");
}

namespace {

// What a line of a report can show of one value.
constexpr std::size_t shown_max = 40;

/// Escapes all but printable ASCII, so that what is cut off in the middle is still valid in any report.
std::string quoted(std::string_view value, std::string_view prefix) {
  std::string text(prefix);
  text += '\'';
  for (const char character : value.substr(0, shown_max)) {
    const auto code = static_cast<unsigned char>(character);
    if (character == '\n') {
      text += "\\n";
    } else if (character == '\'' || character == '\\') {
      text += {'\\', character};
    } else if (code < 0x20 || code >= 0x7f) {
      text += fmt::format("\\x{:02x}", code);
    } else {
      text += character;
    }
  }
  text += '\'';
  if (value.size() > shown_max) text += fmt::format("... ({} bytes)", value.size());
  return text;
}

}  // namespace

std::string describe_integer(std::int64_t value) { return fmt::format("{}", value); }

std::string describe_natural(std::uint64_t value) { return fmt::format("{}", value); }

std::string describe_real(double value) {
  std::string text = fmt::format("{}", value);
  // As Python writes it: a real that happens to be whole still shows that it is a real.
  if (std::isfinite(value) && text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

std::string describe_text(std::string_view value) { return quoted(value, ""); }

std::string describe_bytes(std::span<const std::byte> value) {
  return quoted(std::string_view(reinterpret_cast<const char*>(value.data()), value.size()), "b");
}

}  // namespace mp
