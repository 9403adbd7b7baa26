// wait: what is ready, in which order, and what is refused, on the real Os.
#include <mp/channel/wait.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <vector>

#include <mp/channel/pipe.hpp>
#include <mp/os/posix_os.hpp>
#include <mp/process/process.hpp>
#include <mp/shared/os_failure.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;
using Ready = std::vector<Waitable>;

TEST(Wait, GivesWhatIsReadyInTheOrderGiven) {
  auto [receiver, sender] = Pipe(Duplex::no);
  auto [a, b] = Pipe();
  auto [idle, idle_sender] = Pipe(Duplex::no);
  sender.send(1);
  b.send(2);
  EXPECT_EQ(wait({a, idle, receiver}), (Ready{a, receiver}));
  EXPECT_EQ(wait({receiver, a, idle}), (Ready{receiver, a}));
}

TEST(Wait, IsReadyAgainUntilItIsRead) {
  auto [receiver, sender] = Pipe(Duplex::no);
  sender.send(1);
  EXPECT_EQ(wait({receiver}), (Ready{receiver}));
  EXPECT_EQ(wait({receiver}), (Ready{receiver}));
  EXPECT_EQ(receiver.recv<int>(), 1);
  EXPECT_EQ(wait({receiver}, 0s), Ready{});
}

TEST(Wait, GivesNothingOnceItsTimeHasPassed) {
  auto [receiver, sender] = Pipe(Duplex::no);
  const Instant begin = os().now();
  EXPECT_EQ(wait({receiver}, 0.02s), Ready{});
  EXPECT_EQ(wait(Ready{}, 0.02s), Ready{});
  EXPECT_GE(os().now() - begin, 40ms);
  EXPECT_EQ(wait({receiver}, -1s), Ready{});
}

TEST(Wait, HoldsTheEndOfFileAndALostReaderForReady) {
  auto [receiver, sender] = Pipe(Duplex::no);
  auto [other_receiver, other_sender] = Pipe(Duplex::no);
  EXPECT_EQ(wait({receiver, other_sender}, 0s), Ready{});
  sender.close();
  other_receiver.close();
  EXPECT_EQ(wait({receiver, other_sender}), (Ready{receiver, other_sender}));
}

TEST(Wait, TakesDescriptorsAndKeepsThemApartFromNumbersThatAreNone) {
  auto [receiver, sender] = Pipe(Duplex::no);
  sender.send(1);
  EXPECT_EQ(wait({receiver.fileno()}), (Ready{receiver.fileno()}));
  EXPECT_THROW(wait({-1}), ValueError);
  EXPECT_THROW(wait({1'000'000}), OSError);
}

TEST(Wait, RefusesClosedConnectionsAndOneThingTwice) {
  auto [receiver, sender] = Pipe(Duplex::no);
  EXPECT_THROW(wait({receiver, receiver}), ValueError);
  EXPECT_THROW(wait({receiver, receiver.fileno()}), ValueError);
  receiver.close();
  EXPECT_THROW(wait({receiver}), OSError);
}

TEST(Wait, SeesAProcessEnd) {
  auto [receiver, sender] = Pipe(Duplex::no);
  Process child(fn<[](Connection& end) { end.recv_bytes(); }>, args(receiver));
  child.start();
  const Descriptor sentinel = demand(os().open_process(*child.pid()), "no sentinel");
  EXPECT_EQ(wait({sentinel}, 0s), Ready{});
  sender.send_bytes({});
  EXPECT_EQ(wait({sentinel}), (Ready{sentinel}));
  child.join();
  static_cast<void>(os().close(sentinel));
}

/// Keeps which object an operation was last said to be about.
struct AttentiveOs : PosixOs {
  AttentiveOs() : PosixOs(Listening::yes) {}
  Acknowledgement annotate(const Annotation& annotation) override {
    if (annotation.kind == Annotation::Kind::created) return {.object = ObjectId{++objects}};
    if (annotation.kind == Annotation::Kind::begin) last = annotation.object;
    return {};
  }
  std::uint32_t objects = 0;
  ObjectId last = ObjectId::none;
};

TEST(Wait, IsToldOfTheFirstConnection) {
  AttentiveOs attentive;
  const OsScope scope(&attentive);
  auto [receiver, sender] = Pipe(Duplex::no);
  const Waitable of_receiver = receiver;
  const auto [in, out] = demand(os().pipe(), "cannot make a pipe");
  EXPECT_EQ(wait({in, receiver}, 0s), Ready{});
  EXPECT_NE(attentive.last, ObjectId::none);
  EXPECT_EQ(attentive.last, of_receiver.object());
  EXPECT_EQ(wait({in}, 0s), Ready{});
  EXPECT_EQ(attentive.last, ObjectId::none);
  ASSERT_TRUE(os().close(in));
  ASSERT_TRUE(os().close(out));
}

}  // namespace
}  // namespace mp
