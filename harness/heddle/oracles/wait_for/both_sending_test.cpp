// Two who send to each other more than fits, before either receives.
#include <gtest/gtest.h>

#include <heddle/trial/trial.hpp>
#include <string>

namespace heddle {
namespace {

using namespace trial;
using mp::Connection;

constexpr std::size_t more_than_a_pipe_holds = 1'000'000;

void send_then_receive(Connection& end) {
  end.send(std::string(more_than_a_pipe_holds, 'x'));
  static_cast<void>(end.recv<std::string>());
}

void receive_then_send(Connection& end) {
  static_cast<void>(end.recv<std::string>());
  end.send(std::string(more_than_a_pipe_holds, 'x'));
}

void both_send_first() {
  auto pipe = mp::Pipe(mp::Duplex::yes, {.name = "talk"});
  auto child = start<&send_then_receive>("child", pipe.second);
  pipe.second.close();
  send_then_receive(pipe.first);
  child.join();
}

TEST(BothSending, OnTheTwoEndsOfOnePipe) {
  expect_finding(&both_send_first, "pipe-both-sending", "talk.a", {"main", "child"});
  const std::string sentence = sentence_of(&both_send_first);
  EXPECT_TRUE(
      sentence.starts_with("both ends send and nobody receives, with full buffers: main in talk.a.send("))
      << sentence;
  EXPECT_TRUE(sentence.find("; child in talk.b.send(") != std::string::npos) << sentence;
}

TEST(BothSending, IsNoneWhenOneReceivesFirst) {
  expect_silence([] {
    auto pipe = mp::Pipe(mp::Duplex::yes, {.name = "talk"});
    auto child = start<&receive_then_send>("child", pipe.second);
    pipe.second.close();
    send_then_receive(pipe.first);
    child.join();
  });
}

TEST(BothSending, IsNoneWhenWhatIsSentFits) {
  expect_silence([] {
    auto pipe = mp::Pipe(mp::Duplex::yes, {.name = "talk"});
    auto child = start<[](Connection& end) {
      end.send(1);
      static_cast<void>(end.recv<int>());
    }>("child", pipe.second);
    pipe.second.close();
    pipe.first.send(1);
    static_cast<void>(pipe.first.recv<int>());
    child.join();
  });
}

void send_and_receive(Connection& to, Connection& from) {
  to.send(std::string(more_than_a_pipe_holds, 'x'));
  static_cast<void>(from.recv<std::string>());
}

TEST(BothSending, ThroughTwoPipesOfOneDirectionEach) {
  expect_finding(
      [] {
        auto there = mp::Pipe(mp::Duplex::no, {.name = "there"});
        auto back = mp::Pipe(mp::Duplex::no, {.name = "back"});
        auto child = start<&send_and_receive>("child", back.second, there.first);
        back.second.close();
        there.first.close();
        send_and_receive(there.second, back.first);
        child.join();
      },
      "pipe-both-sending", "there.sender", {"main", "child"});
}

std::string address_of(const mp::Listener& door) { return std::get<std::string>(door.address()); }

template <auto talk>
void call(const std::string& address) {
  Connection server = mp::Client(address, {.name = "server"});
  talk(server);
}

template <auto caller, auto called>
void over_a_call() {
  mp::Listener door({}, {.name = "door"});
  const std::string address = address_of(door);
  auto child = start<&call<caller>>("child", address);
  Connection client = door.accept();
  called(client);
  child.join();
}

TEST(BothSending, OverTheConnectionOfAClientAndAListener) {
  constexpr auto program = &over_a_call<&send_then_receive, &send_then_receive>;
  expect_finding(program, "pipe-both-sending", "door.1", {"main", "child"});
  EXPECT_EQ(sentence_of(program).find("not received"), std::string::npos) << sentence_of(program);
}

void greet_then_send(Connection& end) {
  end.send(1);
  send_then_receive(end);
}

void be_greeted_then_send(Connection& end) {
  static_cast<void>(end.recv<int>());
  send_then_receive(end);
}

TEST(BothSending, CountsWhatWasReceivedOverACall) {
  const std::string sentence = sentence_of(&over_a_call<&greet_then_send, &be_greeted_then_send>);
  EXPECT_TRUE(sentence.starts_with("both ends send")) << sentence;
  EXPECT_EQ(sentence.find("(1 message"), std::string::npos) << sentence;
}

TEST(BothSending, IsNoneOverACallOfWhomOneReceivesFirst) {
  expect_silence(&over_a_call<&send_then_receive, &receive_then_send>);
}

void send_much(Connection& end) { end.send(std::string(more_than_a_pipe_holds, 'x')); }

TEST(BothSending, IsNotWhatItIsCalledWhenTheReceiverJoins) {
  const Result result = explore(
      [] {
        auto pipe = mp::Pipe(mp::Duplex::yes, {.name = "talk"});
        auto child = start<&send_much>("child", pipe.second);
        child.join();
        static_cast<void>(pipe.first.recv<std::string>());
      },
      options_of(300));
  EXPECT_EQ(rules_of(result), Names{"deadlock"});
}

// main sends to the one and is sent to by the other, to whom the one sends.
void three_in_a_circle() {
  mp::Listener door({}, {.name = "door"});
  const std::string address = address_of(door);
  auto pipe = mp::Pipe(mp::Duplex::no, {.name = "pipe"});
  auto one = start<[](const std::string& where, Connection& out) {
    Connection from_main = mp::Client(where, {.name = "from-main"});
    send_much(out);
    static_cast<void>(from_main.recv<std::string>());
  }>("one", address, pipe.second);
  Connection to_one = door.accept();
  auto other = start<[](const std::string& where, Connection& in) {
    Connection to_main = mp::Client(where, {.name = "to-main"});
    send_much(to_main);
    static_cast<void>(in.recv<std::string>());
  }>("other", address, pipe.first);
  Connection from_other = door.accept();
  pipe.first.close();
  pipe.second.close();
  send_much(to_one);
  static_cast<void>(from_other.recv<std::string>());
  one.join();
  other.join();
}

TEST(BothSending, IsNotWhatThreeInACircleDo) {
  EXPECT_EQ(rules_of(explore(&three_in_a_circle, options_of(300))), Names{"deadlock"});
}

}  // namespace
}  // namespace heddle
