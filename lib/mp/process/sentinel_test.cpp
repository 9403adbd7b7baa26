#include <gtest/gtest.h>

#include <cerrno>
#include <functional>
#include <utility>

#include <mp/os/posix_os.hpp>
#include <mp/process/process.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;

void sleep_long() { sleep(1h); }

bool is_ready(Descriptor fd, Instant deadline) {
  PollItem item{.fd = fd};
  return os().poll(std::span(&item, 1), deadline).has_value() && item.ready;
}

TEST(Sentinel, IsReadyOnceTheProcessHasEnded) {
  Process process(fn<&sleep_long>);
  process.start();
  EXPECT_FALSE(is_ready(process.sentinel(), immediately));
  process.kill();
  EXPECT_TRUE(is_ready(process.sentinel(), never));
  EXPECT_TRUE(is_ready(process.sentinel(), never));
  process.join();
  EXPECT_TRUE(is_ready(process.sentinel(), immediately));
}

TEST(Sentinel, IsOneNumberForEveryHandle) {
  Process process(fn<&sleep_long>);
  process.start();
  const ProcessHandle same = active_children().at(0);
  EXPECT_EQ(process.sentinel(), process.sentinel());
  EXPECT_EQ(same.sentinel(), process.sentinel());
  process.kill();
}

TEST(Sentinel, IsReadyWhenItIsFirstAskedForAfterTheEnd) {
  Process process(fn<[] {}>);
  process.start();
  process.join();
  EXPECT_TRUE(is_ready(process.sentinel(), immediately));
}

TEST(Sentinel, ClosesWithTheProcessObject) {
  Descriptor sentinel = -1;
  {
    Process process(fn<[] {}>);
    process.start();
    sentinel = process.sentinel();
    process.join();
  }
  PollItem item{.fd = sentinel};
  EXPECT_EQ(os().poll(std::span(&item, 1), immediately).error().value, EBADF);
}

TEST(Sentinel, IsAValueErrorBeforeTheStartAndAfterClose) {
  Process process(fn<[] {}>);
  EXPECT_THROW(static_cast<void>(process.sentinel()), ValueError);
  process.start();
  process.join();
  process.close();
  EXPECT_THROW(static_cast<void>(process.sentinel()), ValueError);
}

// PROC-16: in CPython the grandchild's copy of a pipe end holds the sentinel off.
TEST(Sentinel, IsNotHeldOffByAGrandchild) {
  const auto [in, out] = *os().pipe();
  Process process(fn<[](Descriptor told) {
                    Process grandchild(fn<&sleep_long>);
                    grandchild.start();
                    const auto pid = static_cast<std::int32_t>(*grandchild.pid());
                    static_cast<void>(os().write(told, std::as_bytes(std::span(&pid, 1))));
                    exit_now(0);
                  }>,
                  args(out));
  process.start();
  EXPECT_TRUE(is_ready(process.sentinel(), os().now() + 20s));
  std::int32_t grandchild = 0;
  static_cast<void>(os().read(in, std::as_writable_bytes(std::span(&grandchild, 1))));
  EXPECT_FALSE(is_ready(*os().open_process(ProcessId{grandchild}), immediately));
  static_cast<void>(os().signal_process(ProcessId{grandchild}, Signal::kill));
}

/// While the first descriptor of a process is being made, another task asks for it as well.
class CrowdedOs : public PosixOs {
 public:
  Result<Descriptor> open_process(ProcessId process) override {
    if (const std::function<void()> now = std::exchange(meanwhile, nullptr)) now();
    const Result<Descriptor> made = PosixOs::open_process(process);
    last_made = made.value_or(-1);
    return made;
  }
  std::function<void()> meanwhile;
  Descriptor last_made = -1;
};

TEST(Sentinel, IsThatOfWhoeverWasFirst) {
  CrowdedOs crowded;
  const OsScope scope(&crowded);
  Process process(fn<&sleep_long>);
  process.start();
  Descriptor first = -1;
  crowded.meanwhile = [&] { first = process.sentinel(); };
  EXPECT_EQ(process.sentinel(), first);
  EXPECT_NE(crowded.last_made, first);
  PollItem item{.fd = crowded.last_made};
  EXPECT_EQ(os().poll(std::span(&item, 1), immediately).error().value, EBADF);
  process.kill();
  process.join();
}

}  // namespace
}  // namespace mp
