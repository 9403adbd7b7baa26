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

}  // namespace
}  // namespace heddle
