// Messages on a stream of bytes: how Connection, Queue and Manager put them on a pipe or socket and take them
// off. The format and the number of writes are those of CPython, so that what tears there tears here
// (PIPE-16, PIPE-17, PIPE-18): a 4-byte signed big-endian length, then the body; a length above 2^31-1 is
// written as -1 and an 8-byte unsigned one. A body of at most 16384 bytes goes out in one write with its
// header, a longer one in a write of its own.
//
// Descriptors that travel with a message (PIPE-25) are counted in the header: the two most significant of the
// eight bytes of the long form, which no length needs. Each follows the body with a byte of its own, so the
// stream is at a message's boundary behind the last, whoever reads.
//
// Nothing here is atomic: a writer or reader that shares its end with another needs a lock. A length is
// believed only as far as bytes arrive: memory is taken as the body comes in.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include <mp/codec/codec.hpp>
#include <mp/os/os.hpp>

namespace mp {

/// Why there is no message.
struct MessageFailure {
  enum class Kind : std::uint8_t {
    end_of_file,  // between messages, or between a header and its body (PIPE-06, PIPE-20)
    cut_short,    // in the middle of a header or a body (PIPE-20)
    too_long,     // its length exceeds the limit; the body is still unread (PIPE-11)
    refused,      // the Os failed: error
  };
  Kind kind{};
  Errno error = {};
};

/// One whole message of at most `length_max` bytes. Waits for all of it. Descriptors that come with it go to
/// `passed`, or nowhere without one; if one of them does not arrive, the message is refused as a whole.
tl::expected<Bytes, MessageFailure> read_message(Os& os, Descriptor fd,
                                                 std::optional<std::uint64_t> length_max = std::nullopt,
                                                 PassedDescriptors* passed = nullptr);

/// One whole message. EPIPE: nobody can ever read it.
Result<void> write_message(Os& os, Descriptor fd, std::span<const std::byte> body);

inline constexpr std::size_t passed_max = 0xffff;  // descriptors with one message

/// One whole message and between 1 and passed_max descriptors behind it, through a socket.
Result<void> write_message(Os& os, Descriptor socket, std::span<const std::byte> body,
                           std::span<const Descriptor> passed);

/// All of the bytes. A write is repeated until the last has gone.
Result<void> write_all(Os& os, Descriptor fd, std::span<const std::byte> bytes);

/// EOFError for end_of_file, OSError for the rest.
[[noreturn]] void throw_message_failure(const MessageFailure& failure);

}  // namespace mp
