// Programs that send on one end of a pipe without order, torn and not, and programs that share it.
#include <gtest/gtest.h>

#include <heddle/trial/trial.hpp>
#include <string>

namespace heddle {
namespace {

using namespace trial;
using mp::Connection;

constexpr auto rule = "pipe-multi-writer";

auto one_way() { return mp::Pipe(mp::Duplex::no, {.name = "texts"}); }

void send(Connection& end, std::size_t letters) { end.send(std::string(letters, 'x')); }
void send_small(Connection& end) { send(end, 10); }
void send_large(Connection& end) { send(end, 20'000); }  // more than one write

void receive_two(Connection& end) {
  for (int i = 0; i < 2; ++i) static_cast<void>(end.recv_bytes());
}

TEST(WriterRace, OfLargeMessagesTearsThem) {
  expect_finding(
      [] {
        auto pipe = one_way();
        auto first = start<&send_large>("first", pipe.second);
        auto second = start<&send_large>("second", pipe.second);
        receive_two(pipe.first);
        first.join();
        second.join();
      },
      rule, "texts.sender", {"first", "second"});
}

TEST(WriterRace, OfSmallMessagesIsPredicted) {
  Options options = options_of(50);
  options.seek_harm = false;
  const Result result = explore(
      [] {
        auto pipe = one_way();
        auto first = start<&send_small>("first", pipe.second);
        auto second = start<&send_small>("second", pipe.second);
        receive_two(pipe.first);
        first.join();
        second.join();
      },
      options);
  ASSERT_EQ(rules_of(result), Names{rule});
  const Finding& finding = std::get<Failed>(result.verdict).failures.at(0).finding;
  EXPECT_EQ(finding.harm, Harm::predicted);
  EXPECT_NE(finding.sentence.find("both send on texts.sender and nothing orders the two"), std::string::npos)
      << finding.sentence;
}

void send_in_lock(Connection& end, mp::Lock& lock) {
  const mp::With held(lock);
  send_large(end);
}

TEST(WriterRace, IsNoneUnderACommonLock) {
  expect_silence([] {
    auto pipe = one_way();
    mp::Lock lock({.name = "lock"});
    auto first = start<&send_in_lock>("first", pipe.second, lock);
    auto second = start<&send_in_lock>("second", pipe.second, lock);
    receive_two(pipe.first);
    first.join();
    second.join();
  });
}

void answer(Connection& end) { end.send(end.recv<std::string>()); }

TEST(WriterRace, IsNoneOfTheTwoEndsOrOfOneEndInTurns) {
  expect_silence([] {
    auto pipe = mp::Pipe(mp::Duplex::yes, {.name = "talk"});
    auto first = start<&answer>("first", pipe.second);
    send_small(pipe.first);
    static_cast<void>(pipe.first.recv<std::string>());
    first.join();
    auto second = start<&answer>("second", pipe.second);
    send_small(pipe.first);
    static_cast<void>(pipe.first.recv<std::string>());
    second.join();
  });
}

TEST(WriterRace, IsNoneWhereTheMessageSaysWhoseTurnItIs) {
  expect_silence([] {
    auto pipe = mp::Pipe(mp::Duplex::yes, {.name = "talk"});
    auto child = start<[](Connection& far, Connection& near) {
      static_cast<void>(far.recv<std::string>());
      send_small(near);
    }>("child", pipe.second, pipe.first);
    send_small(pipe.first);
    child.join();
  });
}

}  // namespace
}  // namespace heddle
