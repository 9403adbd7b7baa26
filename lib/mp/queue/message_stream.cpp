// Taking and putting, and what is done once the stream is torn.
#include <mp/queue/message_stream.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>

#include <mp/channel/framing.hpp>
#include <mp/os/uninterrupted.hpp>

namespace mp {

namespace {

using Kind = StreamFailure::Kind;
using Outcome = OwnedLock::Outcome;

/// In front of every body, in the machine's own order: it never leaves the machine.
struct Header {
  std::uint64_t secret = 0;
  std::uint64_t length = 0;
};

// Every frame is at least so long, a shorter one by zeros behind its body: what is read first can then be
// more than the header and never is a part of the next frame.
constexpr std::size_t frame_bytes_min = 64;
constexpr std::size_t atomic_write_bytes = 4096;
constexpr std::size_t small_body_max = atomic_write_bytes - sizeof(Header);
constexpr std::size_t chunk_bytes = 1024 * 1024;  // most that is allocated ahead of what has arrived

constexpr std::uint32_t whole = 0;
constexpr std::uint32_t torn_untold = 1;
constexpr std::uint32_t torn_told = 2;

constexpr auto pause = std::chrono::milliseconds(5);       // between two looks at a writer that is at work
constexpr auto patience = std::chrono::milliseconds(100);  // with it, at the least

tl::unexpected<StreamFailure> fail(Kind kind, Errno error = {}) {
  return tl::unexpected(StreamFailure{kind, error});
}

bool is_readable(Os& os, Descriptor fd) {
  PollItem item{.fd = fd};
  return uninterrupted([&] { return os.poll(std::span(&item, 1), immediately); }).has_value();
}

// Gives 0 at the end of file.
Result<std::size_t> read_some(Os& os, Descriptor fd, std::span<std::byte> into) {
  return uninterrupted([&] { return os.read(fd, into); });
}

void drain(Os& os, Descriptor fd) {
  std::array<std::byte, 4096> chunk{};
  while (is_readable(os, fd)) {
    const Result<std::size_t> got = read_some(os, fd, chunk);
    if (!got || *got == 0) return;
  }
}

void give_back(Os& os, Slots slots) {
  if (slots.counter != nullptr) slots.counter->release(os, slots.max);
}

}  // namespace

std::uint64_t MessageStream::draw_secret(Os& os) {
  std::array<std::byte, sizeof(std::uint64_t)> bytes{};
  os.random_bytes(bytes);
  std::uint64_t secret = 0;
  std::memcpy(&secret, bytes.data(), sizeof secret);
  return secret;
}

bool MessageStream::is_torn(Os& os) const { return os.load(state_->torn) != whole; }

tl::expected<Bytes, StreamFailure> MessageStream::take(Os& os, Descriptor read_end, Instant deadline,
                                                       Slots slots) {
  const Outcome outcome = state_->reader.acquire(os, deadline);
  if (outcome == Outcome::timed_out) return fail(Kind::timed_out);
  const bool died_inside =
      outcome == Outcome::owner_died_acquired && (is_torn(os) || os.load(state_->reading) != 0);
  tl::expected<Bytes, StreamFailure> message = fail(Kind::torn);
  try {
    if (!died_inside) message = take_held(os, read_end, deadline, slots);
  } catch (...) {  // no memory for the body
    tear(os, read_end, deadline);
    state_->reader.abandon(os);
    throw;
  }
  if (message || message.error().kind != Kind::torn) {
    state_->reader.release(os);
    return message;
  }
  tear(os, read_end, deadline);
  state_->reader.abandon(os);
  return message;
}

tl::expected<Bytes, StreamFailure> MessageStream::take_held(Os& os, Descriptor read_end, Instant deadline,
                                                            Slots slots) {
  // A getter without a deadline waits in the read itself.
  if (deadline != never) {
    PollItem item{.fd = read_end};
    const Result<int> ready = uninterrupted([&] { return os.poll(std::span(&item, 1), deadline); });
    if (!ready) {
      if (ready.error().value == ETIMEDOUT) return fail(Kind::timed_out);
      return fail(Kind::refused, ready.error());
    }
  }
  // Where a slot is worth something, it is given back between the header and the body. Whoever dies around
  // that leaves a stream that is torn, and then all slots are given back: none is lost with a getter.
  std::array<std::byte, frame_bytes_min> head{};
  const bool slot_first = slots.counter != nullptr && slots.max < Counter::value_max;
  const std::size_t first = slot_first ? sizeof(Header) : head.size();
  const tl::expected<std::uint64_t, StreamFailure> length =
      read_head(os, read_end, std::span(head).first(first));
  if (!length) return tl::unexpected(length.error());
  if (*length > small_body_max) return read_long(os, read_end, *length, std::span(head).first(first), slots);
  return read_small(os, read_end, *length, std::span(head).first(first), slots);
}

// Every frame's first bytes are written in one piece, so those of which a part is missing are the end of
// something else. Gives the length of the body, of which all behind the header is the beginning.
tl::expected<std::uint64_t, StreamFailure> MessageStream::read_head(Os& os, Descriptor read_end,
                                                                    std::span<std::byte> head) {
  std::size_t size = 0;
  while (true) {
    const Result<std::size_t> got = read_some(os, read_end, head.subspan(size));
    if (!got) return fail(Kind::refused, got.error());
    if (*got == 0) return fail(size == 0 ? Kind::end_of_file : Kind::torn);
    size += *got;
    if (size == head.size()) break;
    if (!is_readable(os, read_end)) return fail(Kind::torn);
  }
  Header header;
  std::memcpy(&header, head.data(), sizeof header);
  if (header.secret != secret_) return fail(Kind::torn);
  return header.length;
}

tl::expected<Bytes, StreamFailure> MessageStream::read_small(Os& os, Descriptor read_end,
                                                             std::uint64_t length,
                                                             std::span<const std::byte> head, Slots slots) {
  give_back(os, slots);
  Bytes frame(std::max(frame_bytes_min, sizeof(Header) + static_cast<std::size_t>(length)));
  std::ranges::copy(head, frame.begin());
  for (std::span<std::byte> rest = std::span(frame).subspan(head.size()); !rest.empty();) {
    const Result<std::size_t> got = read_some(os, read_end, rest);
    if (!got || *got == 0) return fail(Kind::torn);  // also: the end was closed under this getter's hands
    rest = rest.subspan(*got);
  }
  const auto body = frame.begin() + sizeof(Header);
  return Bytes(body, body + static_cast<std::ptrdiff_t>(length));
}

tl::expected<Bytes, StreamFailure> MessageStream::read_long(Os& os, Descriptor read_end, std::uint64_t length,
                                                            std::span<const std::byte> head, Slots slots) {
  os.store(state_->reading, 1);
  Bytes body(head.begin() + sizeof(Header), head.end());
  for (std::size_t size = body.size(); size < length;) {
    if (!more_comes(os, read_end)) return fail(Kind::torn);
    body.resize(static_cast<std::size_t>(std::min<std::uint64_t>(length, size + chunk_bytes)));
    const Result<std::size_t> got = read_some(os, read_end, std::span(body).subspan(size));
    if (!got || *got == 0) return fail(Kind::torn);
    size += *got;
    body.resize(size);
  }
  // What a writer leaves behind for the getter may have been taken for the rest of this message.
  if (is_torn(os)) return fail(Kind::torn);
  give_back(os, slots);
  os.store(state_->reading, 0);
  return body;
}

// Waits in the middle of a message for more of it. False: its writer has ended without.
bool MessageStream::more_comes(Os& os, Descriptor read_end) {
  while (true) {
    if (is_torn(os)) return false;
    if (is_readable(os, read_end)) return true;
    // Nobody holds the lock: the message has been written to its end since we looked.
    const ProcessId writer = state_->writer.holder(os);
    if (writer == ProcessId::none) return is_readable(os, read_end);
    const Result<Descriptor> life = os.open_process(writer);
    std::array items{PollItem{.fd = read_end}, PollItem{.fd = life.value_or(-1)}};
    if (life) {
      static_cast<void>(uninterrupted([&] { return os.poll(items, never); }));
      static_cast<void>(os.close(*life));
      if (items[0].ready) return true;
    } else if (life.error().value != ESRCH) {  // no descriptor to be had: look now and then
      static_cast<void>(os.poll(std::span(items).first(1), os.now() + pause));
      continue;
    }
    return is_readable(os, read_end);  // it has ended: what it wrote is there
  }
}

// With the reader lock held. A writer that waits for room is let go on until it gives its lock up; nobody
// writes after that, and all that is in the pipe is gone.
void MessageStream::tear(Os& os, Descriptor read_end, Instant deadline) {
  os.store(state_->torn, torn_told);
  const Instant end = std::max(deadline, os.now() + patience);
  while (true) {
    drain(os, read_end);
    const Instant next = os.now() + pause;
    if (state_->writer.acquire(os, std::min(next, end)) != Outcome::timed_out) break;
    if (next >= end) return;
  }
  drain(os, read_end);
  state_->writer.abandon(os);
}

tl::expected<void, StreamFailure> MessageStream::put(Os& os, Descriptor write_end,
                                                     std::span<const std::byte> body) {
  const Outcome outcome = state_->writer.acquire(os);
  if (outcome == Outcome::owner_died_acquired && (is_torn(os) || os.load(state_->writing) != 0)) {
    condemn(os, write_end);
    return fail(Kind::torn);
  }
  const Result<void> written = write_frame(os, write_end, body);
  state_->writer.release(os);
  if (!written) return fail(Kind::refused, written.error());
  return {};
}

Result<void> MessageStream::write_frame(Os& os, Descriptor write_end, std::span<const std::byte> body) {
  const bool is_small = body.size() <= small_body_max;
  const std::size_t in_front = is_small ? body.size() : frame_bytes_min - sizeof(Header);
  const Bytes front = begin_frame(body.size(), body.first(in_front));
  if (is_small) return write_all(os, write_end, front);
  os.store(state_->writing, 1);
  Result<void> written = write_all(os, write_end, front);
  if (written) written = write_all(os, write_end, body.subspan(in_front));
  os.store(state_->writing, 0);  // also after a failure, which is that nobody can ever read
  return written;
}

// The header and what of the body goes out with it.
Bytes MessageStream::begin_frame(std::uint64_t length, std::span<const std::byte> body) const {
  const Header header{.secret = secret_, .length = length};
  Bytes frame(std::max(frame_bytes_min, sizeof header + body.size()));
  std::memcpy(frame.data(), &header, sizeof header);
  std::ranges::copy(body, frame.begin() + sizeof header);
  return frame;
}

// With the writer lock held. First the word, then what wakes a getter: one in the middle of a message takes
// it for a part of that, unless it finds the word set afterwards.
void MessageStream::condemn(Os& os, Descriptor write_end) {
  if (os.load(state_->torn) != torn_told) {
    os.store(state_->torn, torn_untold);
    static_cast<void>(write_all(os, write_end, MessageStream(*state_, ~secret_).begin_frame(0, {})));
    os.store(state_->torn, torn_told);
  }
  state_->writer.abandon(os);
}

}  // namespace mp
