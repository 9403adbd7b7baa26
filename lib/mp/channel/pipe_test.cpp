// Pipe and Connection: the bytes on the wire, messages, ends and errors, on the real Os.
#include <mp/channel/pipe.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include <mp/os/posix_os.hpp>
#include <mp/process/process.hpp>
#include <mp/process/thread.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

Bytes to_bytes(std::string_view text) {
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

Bytes to_bytes(std::initializer_list<int> values) {
  Bytes bytes;
  for (const int value : values) bytes.push_back(static_cast<std::byte>(value));
  return bytes;
}

/// What is on the wire, without framing.
Bytes read_raw(Connection& from, std::size_t size) {
  Bytes bytes(size);
  std::size_t got = 0;
  while (got < size) got += os().read(from.fileno(), std::span(bytes).subspan(got)).value();
  return bytes;
}

void write_raw(Connection& to, const Bytes& bytes) {
  EXPECT_EQ(os().write(to.fileno(), bytes).value(), bytes.size());
}

/// The real Os, noting how much each write was asked to move.
class WriteNotingOs : public PosixOs {
 public:
  Result<std::size_t> write(Descriptor fd, std::span<const std::byte> bytes) override {
    sizes.push_back(bytes.size());
    return PosixOs::write(fd, bytes);
  }
  std::vector<std::size_t> sizes;
};

/// How many bytes each write had when a message of that size was sent.
std::vector<std::size_t> writes_of(std::size_t body_bytes) {
  WriteNotingOs noting;
  const OsScope scope(&noting);
  auto [receiver, sender] = Pipe(Duplex::no);
  sender.send_bytes(Bytes(body_bytes));
  return noting.sizes;
}

template <class E, class Call>
std::string words_of(Call&& call) {
  try {
    call();
  } catch (const E& error) {
    return error.what();
  }
  return "(nothing thrown)";
}

TEST(Framing, WritesABigEndianLengthAndTheBody) {
  auto [receiver, sender] = Pipe(Duplex::no);
  sender.send_bytes(to_bytes("hello"));
  EXPECT_EQ(read_raw(receiver, 9), to_bytes({0, 0, 0, 5, 'h', 'e', 'l', 'l', 'o'}));
}

TEST(Framing, WritesHeaderAndBodyTogetherUpTo16384Bytes) {
  EXPECT_THAT(writes_of(0), ElementsAre(4));
  EXPECT_THAT(writes_of(16384), ElementsAre(16388));
  EXPECT_THAT(writes_of(16385), ElementsAre(4, 16385));
}

TEST(Framing, ReadsTheLongForm) {
  auto [receiver, sender] = Pipe(Duplex::no);
  write_raw(sender, to_bytes({255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 2, 'o', 'k'}));
  EXPECT_EQ(receiver.recv_bytes(), to_bytes("ok"));
}

TEST(Framing, TakesOtherNegativeLengthsForEmptyMessages) {
  auto [receiver, sender] = Pipe(Duplex::no);
  write_raw(sender, to_bytes({255, 255, 255, 254}));
  EXPECT_EQ(receiver.recv_bytes(), Bytes());
}

TEST(Framing, TellsAStreamThatEndsInsideAMessageFromOneThatEnds) {
  const auto words_after = [](const Bytes& last_words) {
    auto [receiver, sender] = Pipe(Duplex::no);
    write_raw(sender, last_words);
    sender.close();
    return words_of<Error>([&] { receiver.recv_bytes(); });
  };
  EXPECT_EQ(words_after({}), "end of file");
  EXPECT_EQ(words_after(to_bytes({0, 0})), "got end of file during message");
  EXPECT_EQ(words_after(to_bytes({0, 0, 0, 5})), "end of file");
  EXPECT_EQ(words_after(to_bytes({0, 0, 0, 5, 'h'})), "got end of file during message");
  EXPECT_EQ(words_after(to_bytes({255, 255, 255, 255})), "end of file");
}

TEST(Framing, TakesNoMemoryForALengthThatDoesNotArrive) {
  auto [receiver, sender] = Pipe(Duplex::no);
  write_raw(sender, to_bytes({255, 255, 255, 255, 127, 255, 255, 255, 255, 255, 255, 255, 'x'}));
  sender.close();
  EXPECT_THROW(receiver.recv_bytes(), OSError);
}

TEST(Pipe, CarriesMessagesBothWaysWhenDuplex) {
  auto [a, b] = Pipe();
  a.send(std::string("ping"));
  EXPECT_EQ(b.recv<std::string>(), "ping");
  b.send(std::vector<int>{1, 2});
  EXPECT_EQ(a.recv<std::vector<int>>(), (std::vector<int>{1, 2}));
}

TEST(Pipe, KeepsMessagesApartAndHasEmptyOnes) {
  auto [receiver, sender] = Pipe(Duplex::no);
  sender.send_bytes({});
  sender.send_bytes(to_bytes("two"));
  EXPECT_TRUE(receiver.poll());
  EXPECT_EQ(receiver.recv_bytes(), Bytes());
  EXPECT_EQ(receiver.recv_bytes(), to_bytes("two"));
  EXPECT_FALSE(receiver.poll());
}

TEST(Pipe, CarriesNone) {
  auto [a, b] = Pipe();
  a.send(std::optional<int>(5));
  a.send(std::optional<int>());
  EXPECT_EQ(b.recv<std::optional<int>>(), 5);
  EXPECT_EQ(b.recv<std::optional<int>>(), std::nullopt);
}

TEST(Pipe, DeliversWhatWasSentBeforeTheEndOfFile) {
  auto [receiver, sender] = Pipe(Duplex::no);
  sender.send(1);
  sender.close();
  EXPECT_TRUE(receiver.poll());
  EXPECT_EQ(receiver.recv<int>(), 1);
  EXPECT_TRUE(receiver.poll());
  EXPECT_THROW(receiver.recv<int>(), EOFError);
  EXPECT_THROW(receiver.recv<int>(), EOFError);
}

TEST(Pipe, RejectsSendingToNobody) {
  auto [receiver, sender] = Pipe(Duplex::no);
  receiver.close();
  EXPECT_THROW(sender.send_bytes({}), BrokenPipeError);
}

TEST(Connection, RejectsTheWrongDirection) {
  auto [receiver, sender] = Pipe(Duplex::no);
  EXPECT_FALSE(receiver.writable());
  EXPECT_FALSE(sender.readable());
  EXPECT_EQ(words_of<OSError>([&] { receiver.send(1); }), "connection is read-only");
  EXPECT_EQ(words_of<OSError>([&] { sender.recv<int>(); }), "connection is write-only");
  EXPECT_EQ(words_of<OSError>([&] { sender.poll(); }), "connection is write-only");
}

TEST(Connection, RejectsEveryUseOnceClosed) {
  auto [receiver, sender] = Pipe(Duplex::no);
  receiver.close();
  receiver.close();
  EXPECT_TRUE(receiver.is_closed());
  EXPECT_EQ(words_of<OSError>([&] { receiver.send(1); }), "handle is closed");
  EXPECT_EQ(words_of<OSError>([&] { receiver.recv<int>(); }), "handle is closed");
  EXPECT_EQ(words_of<OSError>([&] { receiver.poll(); }), "handle is closed");
  EXPECT_EQ(words_of<OSError>([&] { static_cast<void>(receiver.fileno()); }), "handle is closed");
}

TEST(Connection, RejectsANegativeDescriptor) { EXPECT_THROW(Connection(-1), ValueError); }

TEST(Connection, SendsTheAskedPartOrNothing) {
  auto [receiver, sender] = Pipe(Duplex::no);
  const Bytes bytes = to_bytes("abcdef");
  for (const auto& [offset, size] : std::vector<std::pair<int, int>>{{-1, 0}, {7, 0}, {0, -1}, {4, 3}}) {
    EXPECT_THROW(sender.send_bytes(bytes, offset, size), ValueError);
  }
  sender.send_bytes(bytes, 2, 3);
  sender.send_bytes(bytes, 6);
  EXPECT_EQ(receiver.recv_bytes(), to_bytes("cde"));
  EXPECT_EQ(receiver.recv_bytes(), Bytes());
}

TEST(Connection, TakesAMessageOfExactlyTheGreatestLength) {
  auto [a, b] = Pipe();
  a.send_bytes(to_bytes("abc"));
  EXPECT_EQ(b.recv_bytes(3), to_bytes("abc"));
  EXPECT_THROW(b.recv_bytes(-1), ValueError);
}

TEST(Connection, CannotReceiveOnceAMessageWasTooLong) {
  auto [a, b] = Pipe();
  a.send_bytes(to_bytes("abc"));
  EXPECT_EQ(words_of<OSError>([&] { b.recv_bytes(2); }), "bad message length");
  EXPECT_EQ(words_of<OSError>([&] { b.recv_bytes(); }), "connection is write-only");
  b.send(1);
  EXPECT_EQ(a.recv<int>(), 1);
}

TEST(Connection, ClosesAReceiveOnlyEndOnceAMessageWasTooLong) {
  auto [receiver, sender] = Pipe(Duplex::no);
  sender.send_bytes(to_bytes("abc"));
  EXPECT_THROW(receiver.recv_bytes(2), OSError);
  EXPECT_TRUE(receiver.is_closed());
  EXPECT_THROW(sender.send(1), BrokenPipeError);
}

TEST(Connection, ConsumesAMessageThatDoesNotDecode) {
  auto [a, b] = Pipe();
  a.send(std::string("text"));
  a.send(2);
  EXPECT_THROW(b.recv<int>(), DecodeError);
  EXPECT_EQ(b.recv<int>(), 2);
}

TEST(Connection, PollsForAsLongAsItsTimeout) {
  auto [a, b] = Pipe();
  const Instant begin = os().now();
  EXPECT_FALSE(b.poll(0.02s));
  EXPECT_GE(os().now() - begin, 20ms);
  a.send(1);
  EXPECT_TRUE(b.poll(std::nullopt));
}

void echo_upwards(Connection& connection) {
  try {
    while (true) connection.send(connection.recv<int>() + 1);
  } catch (const EOFError&) {
    exit(7);
  }
}

TEST(Connection, CrossesToAChildWhichSeesTheEndOfFile) {
  auto [here, there] = Pipe();
  // The child has a copy of either end; unless it closes the other, it holds off its own end of file.
  Process child(fn<[](Connection& mine, Connection& inherited) {
                  inherited.close();
                  echo_upwards(mine);
                }>,
                args(there, here));
  child.start();
  there.close();
  here.send(41);
  EXPECT_EQ(here.recv<int>(), 42);
  here.close();
  child.join();
  EXPECT_EQ(child.exitcode(), 7);
}

TEST(Connection, SendWaitsWhileTheStreamIsFull) {
  auto [receiver, sender] = Pipe(Duplex::no);
  const Bytes large(1 << 20, std::byte{7});
  Thread other([&, &end = sender] { end.send_bytes(large); });
  other.start();
  EXPECT_EQ(receiver.recv_bytes(), large);
  other.join();
}

TEST(Connection, ReceivesIntoABufferFromAnOffset) {
  auto [a, b] = Pipe();
  a.send_bytes(to_bytes("abc"));
  Bytes into = to_bytes("......");
  EXPECT_EQ(b.recv_bytes_into(into, 2), 3U);
  EXPECT_EQ(into, to_bytes("..abc."));
}

TEST(Connection, LeavesTheMessageWhenTheOffsetIsOutsideTheBuffer) {
  auto [a, b] = Pipe();
  a.send_bytes(to_bytes("abc"));
  Bytes into(3);
  EXPECT_THROW(b.recv_bytes_into(into, -1), ValueError);
  EXPECT_THROW(b.recv_bytes_into(into, 4), ValueError);
  EXPECT_EQ(b.recv_bytes_into(into), 3U);
}

TEST(Connection, ConsumesAMessageThatDoesNotFitTheBuffer) {
  auto [a, b] = Pipe();
  a.send_bytes(to_bytes("abc"));
  a.send_bytes(to_bytes("d"));
  Bytes into = to_bytes("..");
  try {
    b.recv_bytes_into(into);
    FAIL() << "it fits";
  } catch (const BufferTooShort& error) {
    EXPECT_EQ(error.message(), to_bytes("abc"));
  }
  EXPECT_EQ(into, to_bytes(".."));
  EXPECT_EQ(b.recv_bytes_into(into), 1U);
}

TEST(Connection, IsResetOnceByAPeerThatLeftAMessageUnread) {
  auto [a, b] = Pipe();
  a.send(1);
  b.send(2);
  b.close();
  EXPECT_EQ(a.recv<int>(), 2);
  EXPECT_THROW(a.recv<int>(), ConnectionResetError);
  EXPECT_THROW(a.recv<int>(), EOFError);
}

}  // namespace
}  // namespace mp
