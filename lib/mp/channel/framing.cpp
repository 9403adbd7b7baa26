// The header's bytes, and the loops around partial reads and writes.
#include <mp/channel/framing.hpp>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include <mp/errors.hpp>
#include <mp/os/uninterrupted.hpp>
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

using Failure = std::optional<MessageFailure>;  // absent: none

/// Fills `into`. The end of the stream is a clean end only before the first byte.
Failure read_all(Os& os, Descriptor fd, std::span<std::byte> into, bool begun) {
  while (!into.empty()) {
    const Result<std::size_t> got = uninterrupted([&] { return os.read(fd, into); });  // PIPE-23
    if (!got) return MessageFailure{MessageFailure::Kind::refused, got.error()};
    if (*got == 0)
      return MessageFailure{begun ? MessageFailure::Kind::cut_short : MessageFailure::Kind::end_of_file};
    begun = true;
    into = into.subspan(*got);
  }
  return std::nullopt;
}

struct Header {
  std::uint64_t length = 0;
  std::size_t passed = 0;  // descriptors behind the body
};

constexpr unsigned length_bits = 48;  // of the long form; above them is how many descriptors follow

tl::expected<Header, MessageFailure> read_header(Os& os, Descriptor fd) {
  std::array<std::byte, 4> header{};
  if (const Failure failure = read_all(os, fd, header, false)) return tl::unexpected(*failure);
  const auto length = from_big_endian<std::uint32_t>(header);
  if (length == long_form) {
    std::array<std::byte, 8> rest{};
    if (const Failure failure = read_all(os, fd, rest, false)) return tl::unexpected(*failure);
    const auto both = from_big_endian<std::uint64_t>(rest);
    return Header{both & ((std::uint64_t{1} << length_bits) - 1),
                  static_cast<std::size_t>(both >> length_bits)};
  }
  // Another negative length is an empty message (PIPE-21).
  return Header{length > std::uint32_t{std::numeric_limits<std::int32_t>::max()} ? 0 : length};
}

// All of them are taken off, even when one has not come along: the next message begins behind the last.
Failure read_passed(Os& os, Descriptor fd, std::size_t count, PassedDescriptors& passed) {
  Failure failure;
  for (std::size_t i = 0; i < count; ++i) {
    const Result<Descriptor> received = uninterrupted([&] { return os.receive_descriptor(fd); });
    if (received) {
      passed.add(*received);
    } else if (received.error().value == ENODATA) {
      return MessageFailure{MessageFailure::Kind::cut_short};
    } else {
      failure = MessageFailure{MessageFailure::Kind::refused, received.error()};
      if (failure->error.value != EBADMSG) return failure;
    }
  }
  return failure;
}

// Without anybody who wants them the descriptors go when their bytes are read.
Failure read_past(Os& os, Descriptor fd, std::size_t count) {
  Bytes company(count);
  return read_all(os, fd, company, true);
}

/// Where a part of the descriptors cannot be sent: the receiver still finds a byte for each.
void fill_in(Os& os, Descriptor socket, std::size_t count) {
  static_cast<void>(write_all(os, socket, Bytes(count)));
}

// In one write with the header as long as that is small.
Result<void> write_framed(Os& os, Descriptor fd, Bytes header, std::span<const std::byte> body) {
  if (body.size() <= joined_body_max) {
    header.insert(header.end(), body.begin(), body.end());
    return write_all(os, fd, header);
  }
  if (const Result<void> written = write_all(os, fd, header); !written) return written;
  return write_all(os, fd, body);
}

}  // namespace

Result<void> write_all(Os& os, Descriptor fd, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const Result<std::size_t> written = uninterrupted([&] { return os.write(fd, bytes); });  // PIPE-23
    if (!written) return tl::unexpected(written.error());
    bytes = bytes.subspan(*written);
  }
  return {};
}

tl::expected<Bytes, MessageFailure> read_message(Os& os, Descriptor fd,
                                                 std::optional<std::uint64_t> length_max,
                                                 PassedDescriptors* passed) {
  const tl::expected<Header, MessageFailure> header = read_header(os, fd);
  if (!header) return tl::unexpected(header.error());
  if (length_max && header->length > *length_max)
    return tl::unexpected(MessageFailure{MessageFailure::Kind::too_long});
  Bytes body;
  while (body.size() < header->length) {
    const std::size_t before = body.size();
    body.resize(before +
                static_cast<std::size_t>(std::min<std::uint64_t>(header->length - before, chunk_bytes)));
    if (const Failure failure = read_all(os, fd, std::span(body).subspan(before), before > 0)) {
      return tl::unexpected(*failure);
    }
  }
  if (header->passed == 0) return body;
  const Failure failure =
      passed == nullptr ? read_past(os, fd, header->passed) : read_passed(os, fd, header->passed, *passed);
  if (failure) return tl::unexpected(*failure);
  return body;
}

Result<void> write_message(Os& os, Descriptor fd, std::span<const std::byte> body) {
  Bytes header;
  if (body.size() <= std::size_t{std::numeric_limits<std::int32_t>::max()}) {
    append_big_endian(header, static_cast<std::uint32_t>(body.size()));
    return write_framed(os, fd, std::move(header), body);
  }
  append_big_endian(header, long_form);
  if (const Result<void> written = write_all(os, fd, header); !written) return written;
  header.clear();
  append_big_endian(header, std::uint64_t{body.size()});
  return write_framed(os, fd, std::move(header), body);
}

Result<void> write_message(Os& os, Descriptor socket, std::span<const std::byte> body,
                           std::span<const Descriptor> passed) {
  Bytes header;
  append_big_endian(header, long_form);
  append_big_endian(header, std::uint64_t{passed.size()} << length_bits | body.size());
  if (const Result<void> written = write_framed(os, socket, std::move(header), body); !written)
    return written;
  for (std::size_t i = 0; i < passed.size(); ++i) {
    const Result<void> sent = uninterrupted([&] { return os.send_descriptor(socket, passed[i]); });
    if (sent) continue;
    if (sent.error().value != EPIPE) fill_in(os, socket, passed.size() - i);
    return sent;
  }
  return {};
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
