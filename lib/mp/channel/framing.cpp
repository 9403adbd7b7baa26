// The header's bytes, and the loops around partial reads and writes.
#include <mp/channel/framing.hpp>

#include <algorithm>
#include <array>
#include <limits>

#include <mp/errors.hpp>
#include <mp/shared/os_failure.hpp>

namespace mp {

namespace {

constexpr std::size_t joined_body_max = 16384;    // header and body in one write up to here
constexpr std::size_t chunk_bytes = 1024 * 1024;  // most that is allocated ahead of what has arrived
constexpr auto long_form = static_cast<std::uint32_t>(-1);

template <class Number>
void append_big_endian(Bytes& out, Number number) {
  for (std::size_t shift = 8 * sizeof(Number); shift > 0; shift -= 8) {
    out.push_back(static_cast<std::byte>(number >> (shift - 8)));
  }
}

template <class Number>
Number from_big_endian(std::span<const std::byte> bytes) {
  Number number = 0;
  for (const std::byte byte : bytes) {
    number = static_cast<Number>(number << 8U) | static_cast<Number>(byte);
  }
  return number;
}

Result<void> write_all(Os& os, Descriptor fd, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const Result<std::size_t> written = os.write(fd, bytes);
    if (!written && written.error().value == EINTR) continue;  // PIPE-23
    if (!written) return tl::unexpected(written.error());
    bytes = bytes.subspan(*written);
  }
  return {};
}

using Failure = std::optional<MessageFailure>;  // absent: none

/// Fills `into`. The end of the stream is a clean end only before the first byte.
Failure read_all(Os& os, Descriptor fd, std::span<std::byte> into, bool begun) {
  while (!into.empty()) {
    const Result<std::size_t> got = os.read(fd, into);
    if (!got && got.error().value == EINTR) continue;  // PIPE-23
    if (!got) return MessageFailure{MessageFailure::Kind::refused, got.error()};
    if (*got == 0)
      return MessageFailure{begun ? MessageFailure::Kind::cut_short : MessageFailure::Kind::end_of_file};
    begun = true;
    into = into.subspan(*got);
  }
  return std::nullopt;
}

tl::expected<std::uint64_t, MessageFailure> read_length(Os& os, Descriptor fd) {
  std::array<std::byte, 4> header{};
  if (const Failure failure = read_all(os, fd, header, false)) return tl::unexpected(*failure);
  const auto length = from_big_endian<std::uint32_t>(header);
  if (length == long_form) {
    std::array<std::byte, 8> rest{};
    if (const Failure failure = read_all(os, fd, rest, false)) return tl::unexpected(*failure);
    return from_big_endian<std::uint64_t>(rest);
  }
  // Another negative length is an empty message (PIPE-21).
  return length > std::uint32_t{std::numeric_limits<std::int32_t>::max()} ? 0 : length;
}

}  // namespace

tl::expected<Bytes, MessageFailure> read_message(Os& os, Descriptor fd,
                                                 std::optional<std::uint64_t> length_max) {
  const tl::expected<std::uint64_t, MessageFailure> length = read_length(os, fd);
  if (!length) return tl::unexpected(length.error());
  if (length_max && *length > *length_max)
    return tl::unexpected(MessageFailure{MessageFailure::Kind::too_long});
  Bytes body;
  while (body.size() < *length) {
    const std::size_t before = body.size();
    body.resize(before + static_cast<std::size_t>(std::min<std::uint64_t>(*length - before, chunk_bytes)));
    if (const Failure failure = read_all(os, fd, std::span(body).subspan(before), before > 0)) {
      return tl::unexpected(*failure);
    }
  }
  return body;
}

Result<void> write_message(Os& os, Descriptor fd, std::span<const std::byte> body) {
  Bytes header;
  if (body.size() > std::size_t{std::numeric_limits<std::int32_t>::max()}) {
    append_big_endian(header, long_form);
    if (const Result<void> written = write_all(os, fd, header); !written) return written;
    header.clear();
    append_big_endian(header, std::uint64_t{body.size()});
  } else {
    append_big_endian(header, static_cast<std::uint32_t>(body.size()));
  }
  if (body.size() <= joined_body_max) {
    header.insert(header.end(), body.begin(), body.end());
    return write_all(os, fd, header);
  }
  if (const Result<void> written = write_all(os, fd, header); !written) return written;
  return write_all(os, fd, body);
}

void throw_message_failure(const MessageFailure& failure) {
  switch (failure.kind) {
    case MessageFailure::Kind::end_of_file:
      throw EOFError("end of file");
    case MessageFailure::Kind::cut_short:
      throw OSError("got end of file during message");
    case MessageFailure::Kind::too_long:
      throw OSError("bad message length");
    case MessageFailure::Kind::refused:
      break;
  }
  throw_os_error(failure.error, "cannot receive");
}

}  // namespace mp
