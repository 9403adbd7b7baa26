// Connections sent through connections: copies of their own, ends held open on the way, refusals, and that
// nothing is left open or out of step when something fails. On the real Os.
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include <mp/channel/pipe.hpp>
#include <mp/process/process.hpp>
#include <mp/sync/lock.hpp>

namespace mp {
namespace {

/// The number that the next descriptor would get: equal before and after means that none is left open.
Descriptor lowest_free() {
  const Descriptor fd = os().duplicate(0).value();
  static_cast<void>(os().close(fd));
  return fd;
}

TEST(Passing, GivesTheReceiverAConnectionOfItsOwn) {
  auto [a, b] = Pipe();
  auto [receiver, sender] = Pipe(Duplex::no);
  a.send(sender);
  sender.close();
  Connection received = b.recv<Connection>();
  EXPECT_TRUE(received.writable());
  EXPECT_FALSE(received.readable());
  received.send(5);
  EXPECT_EQ(receiver.recv<int>(), 5);
  received.close();
  EXPECT_THROW(receiver.recv<int>(), EOFError);
}

TEST(Passing, SendsBothEndsOfOtherPipes) {
  auto [a, b] = Pipe();
  auto [receiver, sender] = Pipe(Duplex::no);
  a.send(receiver);
  a.send(sender);
  Connection first = b.recv<Connection>();
  Connection second = b.recv<Connection>();
  second.send(std::string("round"));
  EXPECT_EQ(first.recv<std::string>(), "round");
}

TEST(Passing, SendsConnectionsInsideValues) {
  auto [a, b] = Pipe();
  auto [receiver, sender] = Pipe(Duplex::no);
  std::vector<Connection> ends;
  ends.push_back(std::move(receiver));
  ends.push_back(std::move(sender));
  using Parcel = std::tuple<int, std::vector<Connection>, std::optional<Connection>>;
  a.send(Parcel(7, std::move(ends), std::nullopt));
  Parcel parcel = b.recv<Parcel>();
  EXPECT_EQ(std::get<int>(parcel), 7);
  std::get<1>(parcel)[1].send(8);
  EXPECT_EQ(std::get<1>(parcel)[0].recv<int>(), 8);
}

TEST(Passing, HoldsOffTheEndOfFileOnTheWay) {
  auto [a, b] = Pipe();
  auto [receiver, sender] = Pipe(Duplex::no);
  a.send(sender);
  sender.close();
  EXPECT_FALSE(receiver.poll());
  b.recv<Connection>().close();
  EXPECT_TRUE(receiver.poll());
}

TEST(Passing, ReachesAChild) {
  auto [here, there] = Pipe();
  Process child(fn<[](Connection& from) { from.recv<Connection>().send(std::string("from the child")); }>,
                args(there));
  child.start();
  auto [receiver, sender] = Pipe(Duplex::no);  // after the child: it cannot have inherited it
  here.send(sender);
  sender.close();
  EXPECT_EQ(receiver.recv<std::string>(), "from the child");
  child.join();
}

TEST(Passing, IsRefusedByAOneWayPipeWithNothingSent) {
  auto [receiver, sender] = Pipe(Duplex::no);
  auto [a, b] = Pipe();
  try {
    sender.send(a);
    FAIL() << "a pipe took a descriptor along";
  } catch (const OSError& error) {
    EXPECT_EQ(error.number(), ENOTSOCK);
  }
  EXPECT_FALSE(receiver.poll());
}

TEST(Passing, LeavesLocksAndClosedConnectionsBehind) {
  auto [a, b] = Pipe();
  Lock lock;
  EXPECT_THROW(a.send(lock), RuntimeError);
  auto [receiver, sender] = Pipe(Duplex::no);
  sender.close();
  EXPECT_THROW(a.send(sender), OSError);
  EXPECT_THROW(encode_message(receiver), RuntimeError);
  EXPECT_FALSE(b.poll());
}

TEST(Passing, ClosesWhatDidNotDecodeAndStaysAtAMessage) {
  auto [a, b] = Pipe();
  auto [receiver, sender] = Pipe(Duplex::no);
  const Descriptor free = lowest_free();
  a.send(std::make_pair(std::move(sender), 1));
  a.send(2);
  EXPECT_THROW(b.recv<int>(), DecodeError);
  EXPECT_EQ(b.recv<int>(), 2);
  EXPECT_THROW(receiver.recv<int>(), EOFError);
  EXPECT_LE(lowest_free(), free);
}

TEST(Passing, LosesTheConnectionsOfAMessageReceivedAsBytes) {
  auto [a, b] = Pipe();
  auto [receiver, sender] = Pipe(Duplex::no);
  a.send(sender);
  a.send(2);
  sender.close();
  b.recv_bytes();
  EXPECT_EQ(b.recv<int>(), 2);
  EXPECT_THROW(receiver.recv<int>(), EOFError);
}

TEST(Passing, DoesNotBelieveAMessageThatBringsNoDescriptor) {
  auto [a, b] = Pipe();
  a.send_bytes(std::as_bytes(std::span("\0\0\0", 3)));  // what a Connection's body looks like
  a.send(2);
  EXPECT_THROW(b.recv<Connection>(), DecodeError);
  EXPECT_EQ(b.recv<int>(), 2);
}

TEST(Passing, RefusesAMessageWhoseDescriptorsAreBytes) {
  auto [a, b] = Pipe();
  const std::array<unsigned char, 16> frame{255, 255, 255, 255, 0, 2, 0, 0, 0, 0, 0, 1, 7, 'x', 'y', 0};
  os().write(a.fileno(), std::as_bytes(std::span(frame)).first(15)).value();
  a.send(2);
  EXPECT_THROW(b.recv<int>(), OSError);
  EXPECT_EQ(b.recv<int>(), 2);
}

}  // namespace
}  // namespace mp
