// Calls on what has been closed, by this process or by all others, and on ends that do not do what is asked
// of them; each with a twin that does it right.
#include <gtest/gtest.h>

#include <heddle/trial/rejection.hpp>
#include <string>

namespace heddle {
namespace {

using namespace trial;
using mp::Connection;
using Numbers = mp::Queue<int>;

// --- queue-use-after-close --------------------------------------------------------------------------------

TEST(QueueUseAfterClose, IsToldWithWhoClosedIt) {
  expect_rejection(
      [] {
        Numbers numbers(0, {.name = "numbers"});
        start_thread("closer", [&] { numbers.close(); }).join();
        swallow([&] { numbers.put(1); });
      },
      "queue-use-after-close", "numbers", "main",
      "Queue is closed; main/closer had called numbers.close() in step");
}

TEST(QueueUseAfterClose, IsFoundWhereAnotherThreadMayCloseFirst) {
  expect_rejection(
      [] {
        Numbers numbers(0, {.name = "numbers"});
        const auto putter = start_thread("putter", [&] { swallow([&] { numbers.put(1); }); });
        numbers.close();
        putter.join();
      },
      "queue-use-after-close", "numbers", "main/putter", "main had called numbers.close()");
}

TEST(QueueUseAfterClose, IsFoundOfASimpleQueue) {
  expect_rejection(
      [] {
        mp::SimpleQueue<int> numbers({.name = "numbers"});
        numbers.close();
        swallow([&] { numbers.get(); });
      },
      "queue-use-after-close", "numbers", "main", "main had called numbers.close()");
}

void put_one(Numbers& numbers) { numbers.put(1); }

TEST(QueueUseAfterClose, IsNoneOfAnotherProcess) {
  expect_silence([] {
    Numbers numbers(0, {.name = "numbers"});
    mp::Event closed({.name = "closed"});
    auto child = start<[](Numbers& queue, mp::Event& told) {
      told.wait();
      queue.put(1);
    }>("child", numbers, closed);
    numbers.close();
    closed.set();
    child.join();
  });
}

TEST(QueueUseAfterClose, IsNoneWhereAllIsDoneBefore) {
  expect_silence([] {
    Numbers numbers(0, {.name = "numbers"});
    auto child = start<&put_one>("child", numbers);
    check(numbers.get() == 1, "the item arrives");
    numbers.close();
    numbers.join_thread();
    child.join();
  });
}

// --- pipe-use-after-close ---------------------------------------------------------------------------------

TEST(PipeUseAfterClose, IsToldWithWhoClosedIt) {
  expect_rejection(
      [] {
        auto [receiver, sender] = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
        start_thread("closer", [&end = receiver] { end.close(); }).join();
        swallow([&end = receiver] { end.poll(); });
        sender.close();
      },
      "pipe-use-after-close", "numbers.receiver", "main",
      "handle is closed; main/closer had called numbers.receiver.close() in step");
}

void send_one(Connection& sender) { sender.send(1); }

TEST(PipeUseAfterClose, IsNoneOfACopyInAnotherProcess) {
  expect_silence([] {
    auto [receiver, sender] = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
    auto child = start<&send_one>("child", sender);
    sender.close();
    check(receiver.recv<int>() == 1, "the child has a copy of its own");
    child.join();
  });
}

// --- pipe-peer-closed -------------------------------------------------------------------------------------

TEST(PipePeerClosed, IsASendToWhatTheSenderHasClosedItself) {
  expect_rejection(
      [] {
        auto [receiver, sender] = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
        receiver.close();
        swallow([&end = sender] { end.send(1); });
      },
      "pipe-peer-closed", "numbers.sender", "main",
      "nobody can receive this; the other end is numbers.receiver: main closed it in step");
}

void receive_one(Connection& receiver) { receiver.recv<int>(); }

TEST(PipePeerClosed, IsASendToAProcessThatHasBeenJoined) {
  expect_rejection(
      [] {
        auto [receiver, sender] = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
        auto reader = start<&receive_one>("reader", receiver);
        receiver.close();
        sender.send(1);
        reader.join();
        swallow([&end = sender] { end.send(2); });
      },
      "pipe-peer-closed", "numbers.sender", "main", "reader ended");
}

TEST(PipePeerClosed, IsASecondSendOfOneWhoHasBeenTold) {
  expect_rejection(
      [] {
        auto [receiver, sender] = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
        auto reader = start<&receive_one>("reader", receiver);
        receiver.close();
        for (int i = 0; i < 3; ++i) swallow([&end = sender, i] { end.send(i); });
        reader.join();
      },
      "pipe-peer-closed", "numbers.sender", "main", "main had been told so in step");
}

TEST(PipePeerClosed, IsAReceiveAfterTheEndOfFile) {
  expect_rejection(
      [] {
        auto [receiver, sender] = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
        sender.close();
        for (int i = 0; i < 2; ++i) swallow([&end = receiver] { end.recv<int>(); });
      },
      "pipe-peer-closed", "numbers.receiver", "main", "main had been told so in step");
}

TEST(PipePeerClosed, IsNoneOfOneEndOfFile) {
  expect_silence([] {
    auto [receiver, sender] = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
    auto child = start<&send_one>("child", sender);
    sender.close();
    int received = 0;
    try {
      while (true) received += receiver.recv<int>();
    } catch (const mp::EOFError&) {
      check(received == 1, "one comes before the end");
    }
    child.join();
  });
}

// Each reader learns of the end for itself.
void read_to_the_end(Connection& receiver, mp::Lock& turn) {
  try {
    while (true) {
      const mp::With held(turn);
      receiver.recv<int>();
    }
  } catch (const mp::EOFError&) {
  }
}

TEST(PipePeerClosed, IsNoneOfTwoThreadsThatReadToTheEnd) {
  expect_silence([] {
    auto pipe = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
    mp::Lock turn({.name = "turn"});
    const auto first = start_thread("first", [&] { read_to_the_end(pipe.first, turn); });
    const auto second = start_thread("second", [&] { read_to_the_end(pipe.first, turn); });
    pipe.second.send(1);
    pipe.second.close();
    first.join();
    second.join();
  });
}

// The sender cannot know when its reader has had enough, and takes the answer for what it is.
TEST(PipePeerClosed, IsNoneWhereAReaderLeavesAndTheSenderStops) {
  expect_silence([] {
    auto [receiver, sender] = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
    auto reader = start<&receive_one>("reader", receiver);
    receiver.close();
    try {
      for (int i = 0; i < 3; ++i) sender.send(i);
    } catch (const mp::BrokenPipeError&) {
      outcome("enough");
    }
    reader.join();
  });
}

void call_and_leave(std::string& address) {
  const Connection connection = mp::Client(address, {.name = "call"});
}

TEST(PipePeerClosed, IsNoneOfAServerWhoseClientHasLeft) {
  expect_silence([] {
    mp::Listener listener(mp::Address{}, {.name = "door"});
    std::string address = std::get<std::string>(listener.address());
    auto client = start<&call_and_leave>("client", address);
    Connection connection = listener.accept();
    client.join();
    swallow([&] { connection.send(1); });
  });
}

// --- pipe-wrong-direction ---------------------------------------------------------------------------------

TEST(PipeWrongDirection, IsToldWithTheEndThatIsMeant) {
  expect_rejection(
      [] {
        auto [receiver, sender] = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
        swallow([&end = receiver] { end.send(1); });
      },
      "pipe-wrong-direction", "numbers.receiver", "main",
      "connection is read-only; the end that sends is numbers.sender");
  expect_rejection(
      [] {
        auto [receiver, sender] = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
        auto child = start<[](Connection& end) { swallow([&] { end.recv<int>(); }); }>("child", sender);
        child.join();
      },
      "pipe-wrong-direction", "numbers.sender", "child",
      "connection is write-only; the end that receives is numbers.receiver");
}

TEST(PipeWrongDirection, IsNoneOfAPipeInBothDirections) {
  expect_silence([] {
    auto pipe = mp::Pipe(mp::Duplex::yes, {.name = "numbers"});
    auto child = start<[](Connection& end) { end.send(end.recv<int>() + 1); }>("child", pipe.second);
    pipe.first.send(1);
    check(pipe.first.recv<int>() == 2, "there and back");
    child.join();
  });
}

// --- pipe-message-too-long --------------------------------------------------------------------------------

void send_bytes_of(Connection& sender, int first, int second) {
  sender.send_bytes(mp::Bytes(static_cast<std::size_t>(first)));
  sender.send_bytes(mp::Bytes(static_cast<std::size_t>(second)));
}

TEST(PipeMessageTooLong, IsToldWithWhoseMessageItIs) {
  expect_rejection(
      [] {
        auto [receiver, sender] = mp::Pipe(mp::Duplex::no, {.name = "bytes"});
        int shorter = 4;
        int longer = 5;
        auto child = start<&send_bytes_of>("child", sender, shorter, longer);
        receiver.recv_bytes(4);
        swallow([&end = receiver] { end.recv_bytes(4); });
        child.join();
      },
      "pipe-message-too-long", "bytes.receiver", "main",
      "a message is longer than the receiver allows; child had called bytes.sender.send(");
}

TEST(PipeMessageTooLong, IsNoneOfWhatJustFits) {
  expect_silence([] {
    auto [receiver, sender] = mp::Pipe(mp::Duplex::no, {.name = "bytes"});
    int length = 4;
    auto child = start<&send_bytes_of>("child", sender, length, length);
    receiver.recv_bytes(4);
    receiver.recv_bytes(4);
    child.join();
  });
}

// --- manager-use-after-shutdown ---------------------------------------------------------------------------

using Counts = mp::DictProxy<std::string, int>;

TEST(ManagerUseAfterShutdown, IsToldWithWhoShutItDown) {
  expect_rejection(
      [] {
        mp::Manager manager({.name = "manager"});
        Counts counts = manager.dict<std::string, int>("counts");
        manager.shutdown();
        swallow([&] { counts.set("a", 1); });
      },
      "manager-use-after-shutdown", "counts", "main", "main had called manager.shutdown() in step");
}

TEST(ManagerUseAfterShutdown, IsToMakeAnObject) {
  expect_rejection(
      [] {
        mp::Manager manager({.name = "manager"});
        manager.shutdown();
        swallow([&] { manager.Lock("lock"); });
      },
      "manager-use-after-shutdown", "manager", "main",
      "makes no objects; main had called manager.shutdown()");
}

TEST(ManagerUseAfterShutdown, IsNoneWhereTheClientsAreJoinedFirst) {
  expect_silence([] {
    mp::Manager manager({.name = "manager"});
    Counts counts = manager.dict<std::string, int>("counts");
    auto child = start<[](Counts& shared) { shared.set("a", 1); }>("child", counts);
    child.join();
    manager.shutdown();
  });
}

// It serves as long as there is a server.
TEST(ManagerUseAfterShutdown, IsNoneOfAClientThatStopsWhenItIsTold) {
  expect_silence([] {
    mp::Manager manager({.name = "manager"});
    Counts counts = manager.dict<std::string, int>("counts");
    auto child = start<[](Counts& shared) { swallow([&] { shared.set("a", 1); }); }>("child", counts);
    manager.shutdown();
    child.join();
  });
}

}  // namespace
}  // namespace heddle
