// Messages between any number of processes through one pipe, of which any may be killed at any time: what
// Queue and SimpleQueue stand on. A lock for those who take and one for those who put, both taken over from
// the dead; whoever takes one over knows whether the stream is at the boundary of two messages:
//
//   - A frame of at most 4096 bytes is written whole or not at all (Os page). A longer one is written with
//   the
//     word `writing` set, so a writer's successor sees that it died in the middle.
//   - A frame's header holds a number drawn by chance when the stream was made, which no item knows. Who
//   reads
//     something else where a header should be follows a getter that died in the middle. So taking a small
//     message costs no Os call for this. During a longer one the word `reading` is set.
//   - A getter that waits for the rest of a long message watches the process that writes it.
//
// Once that has happened the stream is *torn*, and stays so: nobody can tell where the next message begins.
// The word `torn` says so, and both locks are abandoned, so everyone who takes one is told that its owner
// died and looks at the word; others do not need to. A getter that finds the stream torn empties the pipe, so
// that a writer waiting for room goes on and learns of it; a writer leaves a header behind that is none, so
// that a getter waiting in an empty pipe does. A getter that dies at a boundary hurts nobody.
//
// Not promised: that a message survives whose getter was killed while or after it took it; that qsize() of an
// unbounded queue does not count such a message for ever; a stream that a writer is found to have torn when
// all it had left to do was to clear `writing` is given up all the same.
#pragma once

#include <cstdint>
#include <span>
#include <type_traits>

#include <mp/codec/codec.hpp>
#include <mp/os/os.hpp>
#include <mp/sync/counter.hpp>
#include <mp/sync/owned_lock.hpp>

namespace mp {

/// What the processes share, besides the pipe.
struct StreamState {
  OwnedLock reader;  // held by a getter while it waits for a message and takes it
  OwnedLock writer;  // held by whoever writes one
  Word reading;      // 1: the reader lock's holder is taking a long message
  Word writing;      // 1: the writer lock's holder is writing one
  Word torn;         // 0: whole; 1: torn, and a waiting getter is still to be told; 2: torn
};

static_assert(sizeof(StreamState) == 20 && std::is_standard_layout_v<StreamState>);

/// Why no message was taken or put.
struct StreamFailure {
  enum class Kind : std::uint8_t {
    timed_out,    // nothing to take before the deadline, or another getter was at it
    end_of_file,  // nobody can put any more and nothing is left
    torn,         // now or earlier
    refused,      // the Os failed: error
  };
  Kind kind{};
  Errno error = {};
};

/// The slots of a bounded queue: one is given back for each message taken.
struct Slots {
  Counter* counter = nullptr;  // null: there are none
  std::uint32_t max = 0;
};

class MessageStream {
 public:
  /// `secret`: the number in its headers, the same for all who share the state.
  MessageStream(StreamState& state, std::uint64_t secret) : state_(&state), secret_(secret) {}
  static std::uint64_t draw_secret(Os& os);
  std::uint64_t secret() const { return secret_; }

  /// The next message. The deadline is for the lock and the beginning of the message; for the rest it waits
  /// as long as the process that writes it lives. Finding the stream torn may take up to 0.1 s longer.
  tl::expected<Bytes, StreamFailure> take(Os& os, Descriptor read_end, Instant deadline, Slots slots = {});
  /// One whole message; waits while the pipe is full. EPIPE: nobody can ever read it.
  tl::expected<void, StreamFailure> put(Os& os, Descriptor write_end, std::span<const std::byte> body);

  bool is_torn(Os& os) const;

 private:
  tl::expected<Bytes, StreamFailure> take_held(Os& os, Descriptor read_end, Instant deadline, Slots slots);
  tl::expected<std::uint64_t, StreamFailure> read_head(Os& os, Descriptor read_end,
                                                       std::span<std::byte> head);
  tl::expected<Bytes, StreamFailure> read_small(Os& os, Descriptor read_end, std::uint64_t length,
                                                std::span<const std::byte> head, Slots slots);
  tl::expected<Bytes, StreamFailure> read_long(Os& os, Descriptor read_end, std::uint64_t length,
                                               std::span<const std::byte> head, Slots slots);
  bool more_comes(Os& os, Descriptor read_end);
  void tear(Os& os, Descriptor read_end, Instant deadline);
  Result<void> write_frame(Os& os, Descriptor write_end, std::span<const std::byte> body);
  Bytes begin_frame(std::uint64_t length, std::span<const std::byte> body) const;
  void condemn(Os& os, Descriptor write_end);

  StreamState* state_;
  std::uint64_t secret_;
};

}  // namespace mp
