// Waits for the first of several things: hopeless only if each of them is, and named by all of them.
#include <gtest/gtest.h>

#include <array>
#include <heddle/trial/trial.hpp>
#include <string>

namespace heddle {
namespace {

using namespace trial;
using Ends = std::pair<mp::Descriptor, mp::Descriptor>;

Ends pipe() { return mp::os().pipe().value(); }
void close(mp::Descriptor fd) { static_cast<void>(mp::os().close(fd)); }
void write_byte(mp::Descriptor fd) {
  static_cast<void>(mp::os().write(fd, std::as_bytes(std::span("x", 1))));
}

template <class... Fd>
int poll(Fd... fds) {
  std::array<mp::PollItem, sizeof...(Fd)> items{mp::PollItem{.fd = fds}...};
  return mp::os().poll(items, mp::never).value();
}

// A child that keeps only one of main's descriptors, and lets it go without a word.
void keep_until_told(mp::Descriptor& kept, mp::Descriptor& dropped, mp::Connection& told) {
  close(dropped);
  told.recv<int>();
  write_byte(kept);
}

// Each pipe's only sending end is the one that main itself holds: nobody will ever write.
TEST(WaitForSeveral, IsHopelessIfEachOfThemIs) {
  expect_finding(
      [] {
        const Ends first = pipe();
        const Ends second = pipe();
        poll(first.first, second.first);
      },
      "deadlock", "", {});
}

TEST(WaitForSeveral, NamesEachOfThem) {
  EXPECT_EQ(
      sentence_of([] {
        auto child = start<[] { mp::os().poll({}, mp::never); }>("child");
        const Ends first = pipe();
        const mp::Descriptor process = mp::os().open_process(*child.pid()).value();
        poll(first.first, process);
      }),
      "nobody alive can end these waits: main in a call of the operating system for any of a stream, the "
      "end of child; child in a call of the operating system");
}

// The first pipe is hopeless, the second is another process's to write to, in either order.
template <bool hopeless_first>
void poll_over_a_hopeless_and_another() {
  auto told_and_teller = mp::Pipe(mp::Duplex::no);
  Ends hopeless = pipe();
  Ends other = pipe();
  auto child = start<&keep_until_told>("child", other.second, hopeless.second, told_and_teller.first);
  close(other.second);
  const auto telling = start_thread("telling", [&] { told_and_teller.second.send(1); });
  if (hopeless_first) {
    poll(hopeless.first, other.first);
  } else {
    poll(other.first, hopeless.first);
  }
  telling.join();
  child.join();
}

TEST(WaitForSeveral, IsHopefulIfOneOfThemIs) {
  expect_silence(&poll_over_a_hopeless_and_another<true>);
  expect_silence(&poll_over_a_hopeless_and_another<false>);
}

TEST(WaitForSeveral, IsHopefulWhileAProcessAmongThemCanEnd) {
  expect_silence([] {
    auto child = start<[] {}>("child");
    const Ends hopeless = pipe();
    const mp::Descriptor process = mp::os().open_process(*child.pid()).value();
    poll(hopeless.first, process);
    child.join();
  });
}

TEST(WaitForSeveral, IsHopelessWhenTheLastOneThatWasHopefulEnds) {
  const Result result = explore(
      [] {
        Ends first = pipe();
        Ends second = pipe();
        auto child = start<[](mp::Descriptor&) {}>("child", first.second);
        poll(first.first, second.first);
        child.join();
      },
      options_of(100));
  EXPECT_EQ(rules_of(result), Names{"deadlock"});
}

void wait_for_the_end_of_main() {
  const Ends nobody = pipe();
  poll(mp::os().open_process(mp::os().parent_process_id()).value(), nobody.first);
}

TEST(WaitForSeveral, IsHopelessInACircleOfProcesses) {
  const Result result = explore(
      [] {
        auto child = start<&wait_for_the_end_of_main>("child");
        const Ends nobody = pipe();
        poll(mp::os().open_process(*child.pid()).value(), nobody.first);
      },
      options_of(100));
  EXPECT_EQ(rules_of(result), Names{"deadlock"});
}

}  // namespace
}  // namespace heddle
