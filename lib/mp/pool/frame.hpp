// What a pool and a worker process say to each other: frames, each a header and a body, over a pipe in each
// direction that only these two use. Descriptors that belong to a task come behind it through a socket of
// their own, so that tasks without any cost nothing for them, and the pipe may be read ahead. A worker has
// one task at a time, so at most one frame is on its way in each direction besides `ready`, and neither waits
// for the other to make room.
//
// The header is in the machine's own order: it never leaves the machine. Functions are addresses, which a
// child by fork has in common with its parent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>

#include <mp/codec/codec.hpp>
#include <mp/os/os.hpp>

namespace mp::detail {

enum class FrameKind : std::uint16_t {
  task,                // to a worker: code, take and job are set; body: the arguments
  stop,                // to a worker: there are no more
  ready,               // from a worker: what it was to run first has run
  initializer_raised,  // from a worker, its last: body: a Raised
  done,                // from a worker: body: the results, one after another
  raised,              // from a worker: body: a Raised
};

struct FrameHeader {
  std::uint64_t length = 0;  // of the body
  std::uint64_t code = 0;    // a TaskCode
  std::uint64_t take = 0;    // of Raises, or 0
  FrameKind kind{};
  std::uint16_t passed = 0;  // descriptors that follow a task, through a socket beside the pipe
  ObjectId job = ObjectId::none;
};
static_assert(sizeof(FrameHeader) == 32 && std::is_trivially_copyable_v<FrameHeader>);

struct Frame {
  FrameHeader header;
  std::span<const std::byte> body;  // until the next call of the buffer
};

/// The bytes that came and were not yet taken.
class FrameBuffer {
 public:
  /// Reads once; blocks unless something is there. False: the end of the stream, or the Os refuses.
  bool fill(Os& os, Descriptor fd);
  /// The next whole frame, which is taken. Absent: it has not come yet.
  std::optional<Frame> take();

 private:
  Bytes bytes_;
  std::size_t begin_ = 0;  // of what was not taken
  std::size_t end_ = 0;    // of what came
};

/// EPIPE: nobody can ever read it. `header.length` is set here.
Result<void> write_frame(Os& os, Descriptor fd, FrameHeader header, std::span<const std::byte> body = {});

}  // namespace mp::detail
