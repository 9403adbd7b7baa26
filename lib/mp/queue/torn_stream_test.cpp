// What getters and putters of a stream leave behind and find, one Os call at a time: what others can do in
// between is done in the Os, which tells of each call before it is made.
#include <gtest/gtest.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <functional>
#include <new>
#include <vector>

#include <mp/channel/framing.hpp>
#include <mp/os/posix_os.hpp>
#include <mp/queue/message_stream.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;
using Kind = StreamFailure::Kind;

constexpr std::uint64_t secret = 0x1234567890abcdef;
constexpr std::uint32_t none_torn = 0;
constexpr std::uint32_t torn_untold = 1;
constexpr std::uint32_t torn_told = 2;
constexpr std::size_t long_body = 10000;

class TellingOs : public PosixOs {
 public:
  Result<std::size_t> read(Descriptor fd, std::span<std::byte> into) override {
    if (before_read) before_read();
    const auto got = PosixOs::read(fd, into);
    if (after_read) after_read();
    return got;
  }
  Result<std::size_t> write(Descriptor fd, std::span<const std::byte> bytes) override {
    if (before_write) before_write();
    return PosixOs::write(fd, bytes);
  }
  Result<int> poll(std::span<PollItem> items, Instant deadline) override {
    if (before_poll) before_poll(deadline);
    return PosixOs::poll(items, deadline);
  }
  Result<Descriptor> open_process(ProcessId process) override {
    if (is_short_of_descriptors) return failure(EMFILE);
    return PosixOs::open_process(process);
  }
  Instant now() override {
    if (before_now) before_now();
    return PosixOs::now();
  }

  std::function<void()> before_read;
  std::function<void()> after_read;
  std::function<void()> before_write;
  std::function<void(Instant)> before_poll;
  std::function<void()> before_now;
  bool is_short_of_descriptors = false;
};

class TornStream : public testing::Test {
 protected:
  TornStream() : ends_(os_.pipe().value()) {}
  ~TornStream() override {
    static_cast<void>(os_.close(ends_.first));
    close_write_end();
  }

  void close_write_end() {
    if (ends_.second >= 0) static_cast<void>(os_.close(std::exchange(ends_.second, -1)));
  }
  void write(std::span<const std::byte> bytes) { ASSERT_TRUE(write_all(posix_, ends_.second, bytes)); }
  /// The first `size` bytes of the frame of a message of so many zeros.
  void write_beginning(std::uint64_t length, std::size_t size) {
    Bytes frame(size);
    std::memcpy(frame.data(), &secret, sizeof secret);
    std::memcpy(frame.data() + sizeof secret, &length, sizeof length);
    write(frame);
  }
  Kind failure_of_take(Instant deadline = never, Slots slots = {}) {
    const auto message = stream_.take(os_, ends_.first, deadline, slots);
    return message ? Kind::refused : message.error().kind;
  }
  bool is_pipe_empty() {
    PollItem item{.fd = ends_.first};
    return !posix_.poll(std::span(&item, 1), immediately);
  }
  std::uint32_t torn() { return posix_.load(state_.torn); }
  bool is_mine(const OwnedLock& lock) { return lock.holder(posix_) == posix_.process_id(); }
  /// As a writer that was killed in the middle of a long message.
  void die_writing() {
    ASSERT_EQ(state_.writer.acquire(posix_), OwnedLock::Outcome::acquired);
    posix_.store(state_.writing, 1);
    state_.writer.abandon(posix_);
  }

  PosixOs posix_;
  TellingOs os_;
  StreamState state_;
  MessageStream stream_{state_, secret};
  std::pair<Descriptor, Descriptor> ends_;
};

TEST_F(TornStream, LeavesNoWordSetBehindALongMessage) {
  ASSERT_TRUE(stream_.put(os_, ends_.second, Bytes(long_body)));
  EXPECT_EQ(posix_.load(state_.writing), 0U);
  const auto message = stream_.take(os_, ends_.first, never);
  ASSERT_TRUE(message);
  EXPECT_EQ(message->size(), long_body);
  EXPECT_EQ(posix_.load(state_.reading), 0U);
  EXPECT_EQ(torn(), none_torn);
}

TEST_F(TornStream, IsEmptiedOfHoweverMuch) {
  write(Bytes(30000));
  EXPECT_EQ(failure_of_take(), Kind::torn);
  EXPECT_TRUE(is_pipe_empty());
  EXPECT_EQ(torn(), torn_told);
}

TEST_F(TornStream, IsNotEmptiedForEverAtItsEnd) {
  write(Bytes(10));
  close_write_end();
  EXPECT_EQ(failure_of_take(), Kind::torn);
}

TEST_F(TornStream, IsEmptiedOnceMoreWhenNobodyWritesAnyMore) {
  write(Bytes(64));
  bool has_written = false;
  bool is_writer_kept_out = false;
  os_.before_poll = [&](Instant) { is_writer_kept_out = is_mine(state_.writer); };
  os_.before_now = [&, is_first = true]() mutable {
    if (torn() == torn_told && std::exchange(is_first, false)) return;  // the beginning of its patience
    if (torn() == torn_told && !std::exchange(has_written, true)) write(Bytes(10));
  };
  EXPECT_EQ(failure_of_take(), Kind::torn);
  EXPECT_TRUE(has_written);
  EXPECT_TRUE(is_pipe_empty());
  EXPECT_TRUE(is_writer_kept_out);  // at the last look
}

TEST_F(TornStream, IsSoAlsoWhenTheGetterHasNoMemory) {
  Counter slots;
  slots.initialise(posix_, 0);
  write_beginning(100, 16);
  os_.before_read = [&, is_first = true]() mutable {
    if (!std::exchange(is_first, false)) throw std::bad_alloc();
  };
  bool is_reader_kept_out = false;
  os_.before_poll = [&](Instant) { is_reader_kept_out = is_mine(state_.reader); };
  EXPECT_THROW(static_cast<void>(stream_.take(os_, ends_.first, never, {.counter = &slots, .max = 5})),
               std::bad_alloc);
  EXPECT_EQ(torn(), torn_told);
  EXPECT_TRUE(is_reader_kept_out);
  os_.before_read = nullptr;
  EXPECT_EQ(failure_of_take(posix_.now() + 10s), Kind::torn);
}

TEST_F(TornStream, TellsWhatTheOsRefused) {
  const auto message = stream_.take(os_, -1, never);
  ASSERT_FALSE(message);
  EXPECT_EQ(message.error().kind, Kind::refused);
  EXPECT_EQ(message.error().error.value, EBADF);
  EXPECT_EQ(torn(), none_torn);
}

TEST_F(TornStream, EndsInTheMiddleOfASmallMessage) {
  Counter slots;
  slots.initialise(posix_, 0);
  write_beginning(100, 16);
  close_write_end();
  EXPECT_EQ(failure_of_take(never, {.counter = &slots, .max = 5}), Kind::torn);
}

TEST_F(TornStream, EndsInTheMiddleOfALongMessage) {
  write_beginning(long_body, 64);
  close_write_end();
  EXPECT_EQ(failure_of_take(), Kind::torn);
}

TEST_F(TornStream, EndsWhereNobodyWritesTheRest) {
  write_beginning(long_body, 64);
  EXPECT_EQ(failure_of_take(), Kind::torn);
}

TEST_F(TornStream, IsLookedForBehindALongMessage) {
  write_beginning(long_body, 64);
  write(Bytes(long_body - 48));
  os_.after_read = [&, reads = 0]() mutable {
    if (++reads == 2) posix_.store(state_.torn, torn_untold);
  };
  EXPECT_EQ(failure_of_take(), Kind::torn);
}

TEST_F(TornStream, IsNotWaitedForWithAWriterThatLives) {
  write_beginning(long_body, 64);
  ASSERT_EQ(state_.writer.acquire(posix_), OwnedLock::Outcome::acquired);
  posix_.store(state_.torn, torn_told);
  EXPECT_EQ(failure_of_take(posix_.now()), Kind::torn);
  EXPECT_TRUE(is_mine(state_.writer));
}

// The rest comes while the getter waits for it, and it looks again although the Os cannot watch the writer.
TEST_F(TornStream, IsWholeWhereTheWriterCannotBeWatched) {
  os_.is_short_of_descriptors = true;
  write_beginning(long_body, 64);
  ASSERT_EQ(state_.writer.acquire(posix_), OwnedLock::Outcome::acquired);
  bool has_written = false;
  os_.before_poll = [&](Instant deadline) {
    if (deadline == immediately || std::exchange(has_written, true)) return;
    write(Bytes(long_body - 48));
  };
  const auto message = stream_.take(os_, ends_.first, never);
  ASSERT_TRUE(message);
  EXPECT_EQ(message->size(), long_body);
}

TEST_F(TornStream, IsSoBeforeAWaitingGetterIsWokenAndToldBehindIt) {
  die_writing();
  std::vector<std::uint32_t> seen;
  os_.before_write = [&] { seen.push_back(torn()); };
  const auto written = stream_.put(os_, ends_.second, Bytes(1));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, Kind::torn);
  EXPECT_EQ(seen, std::vector{torn_untold});
  EXPECT_EQ(torn(), torn_told);
  EXPECT_FALSE(stream_.put(os_, ends_.second, Bytes(1)));
  EXPECT_EQ(seen.size(), 1U);  // one that is woken tells the others
}

}  // namespace
}  // namespace mp
