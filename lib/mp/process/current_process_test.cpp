#include <mp/process/current_process.hpp>

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>

#include <mp/process/process.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;

TEST(CurrentProcess, IsAMainProcessWhenNobodyStartedIt) {
  EXPECT_EQ(current_process().name(), "MainProcess");
  EXPECT_EQ(current_process().pid(), ProcessId{::getpid()});
  EXPECT_FALSE(current_process().daemon());
  EXPECT_TRUE(current_process().is_alive());
  EXPECT_EQ(current_process().exitcode(), std::nullopt);
  EXPECT_FALSE(parent_process());
}

bool knows_itself(std::int32_t parent) {
  const std::optional<ParentProcess> known = parent_process();
  return current_process().name() == "child" && current_process().daemon() && known &&
         known->pid() == ProcessId{parent} && known->name() == "MainProcess";
}

TEST(CurrentProcess, KnowsInAChildWhatItIsAndWhoseItIs) {
  Process child(fn<[](std::int32_t parent) { mp::exit(knows_itself(parent) ? 0 : 1); }>, args(::getpid()),
                {.name = "child", .daemon = true});
  child.start();
  child.join();
  EXPECT_EQ(child.exitcode(), 0);
}

TEST(ParentProcess, CanBeTestedAndJoined) {
  Process child(fn<[] {
    const ParentProcess parent = *parent_process();
    if (!parent.is_alive()) mp::exit(1);
    parent.join(0.01s);
    mp::exit(parent.is_alive() ? 0 : 2);
  }>);
  child.start();
  child.join();
  EXPECT_EQ(child.exitcode(), 0);
}

void tell_of_the_parents_end(Descriptor out) {
  const ParentProcess parent = *parent_process();
  parent.join();
  const std::string words = parent.name() + (parent.is_alive() ? " lives" : " has ended");
  static_cast<void>(os().write(out, std::as_bytes(std::span(words))));
}

TEST(ParentProcess, MayEndBeforeItsChild) {
  const auto [in, out] = *os().pipe();
  Process parent(fn<[](Descriptor told) {
                   Process(fn<&tell_of_the_parents_end>, args(told)).start();
                   exit_now(0);
                 }>,
                 args(out), {.name = "parent"});
  parent.start();
  static_cast<void>(os().close(out));
  std::array<char, 100> text{};
  const std::size_t size = *os().read(in, std::as_writable_bytes(std::span(text)));
  EXPECT_EQ(std::string_view(text.data(), size), "parent has ended");
}

TEST(Sleep, LastsAsLongAsItIsTold) {
  const Instant start = os().now();
  sleep(0.01s);
  EXPECT_GE(os().now() - start, 10ms);
  sleep(0s);
  EXPECT_THROW(sleep(-1s), ValueError);
}

TEST(Exit, ThrowsASystemExit) {
  try {
    mp::exit(3);
  } catch (const SystemExit& end) {
    EXPECT_EQ(end.status, 3);
  }
}

}  // namespace
}  // namespace mp
