#include <gtest/gtest.h>
#include <pthread.h>

#include <cstddef>
#include <cstdint>
#include <cstring>

#include <mp/os/posix_os.hpp>

namespace mp {
namespace {

class OtherOs : public PosixOs {};

TEST(PosixThreads, RunWithTheOsThatStartedThem) {
  OtherOs other;
  Os* seen = nullptr;
  const auto entry = [](void* argument) { *static_cast<Os**>(argument) = &os(); };
  const ThreadId thread = *other.start_thread({.name = "thread", .entry = entry, .argument = &seen});
  ASSERT_TRUE(other.join_thread(thread, never));
  EXPECT_EQ(seen, &other);
}

TEST(PosixThreads, CanBeJoinedAfterTheyWereUnwound) {
  PosixOs os;
  const auto entry = [](void*) { ::pthread_exit(nullptr); };
  const ThreadId thread = *os.start_thread({.name = "thread", .entry = entry});
  EXPECT_TRUE(os.join_thread(thread, never));
}

TEST(PosixThreads, DoNotJoinThemselves) {
  int error = 0;
  const auto entry = [](void* argument) {
    *static_cast<int*>(argument) = os().join_thread(os().thread_id(), never).error().value;
  };
  PosixOs os;
  const ThreadId thread = *os.start_thread({.name = "thread", .entry = entry, .argument = &error});
  ASSERT_TRUE(os.join_thread(thread, never));
  EXPECT_EQ(error, EDEADLK);
}

TEST(PosixThreads, AreForgottenByAChild) {
  PosixOs os;
  Word finish;
  const auto sleep = [](void* word) {
    Word& told = *static_cast<Word*>(word);
    while (mp::os().load(told) == 0) static_cast<void>(mp::os().word_wait(told, 0, never));
  };
  const ThreadId thread = *os.start_thread({.name = "thread", .entry = sleep, .argument = &finish});
  const auto entry = [](std::span<const std::byte> payload) {
    ThreadId parents{};
    std::memcpy(&parents, payload.data(), sizeof parents);
    return mp::os().join_thread(parents, immediately).error().value;
  };
  const ProcessId child =
      *os.start_process({.name = "child", .entry = entry, .payload = std::as_bytes(std::span(&thread, 1))});
  EXPECT_EQ(os.wait_process(child, never)->status, ESRCH);
  os.store(finish, 1);
  os.word_wake(finish, 1);
  EXPECT_TRUE(os.join_thread(thread, never));
}

TEST(PosixSlots, AreAlignedForAnything) {
  PosixOs os;
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(os.process_slot().data()) % alignof(std::max_align_t), 0U);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(os.task_slot().data()) % alignof(std::max_align_t), 0U);
}

}  // namespace
}  // namespace mp
