#include <gtest/gtest.h>
#include <unistd.h>

#include <thread>

#include <mp/os/interruption.hpp>
#include <mp/os/posix_os.hpp>

namespace mp {
namespace {

TEST(PosixWords, ASignalDoesNotEndAWait) {
  PosixOs os;
  Word thread;
  Word word;
  Result<void> woken = failure(EINVAL);
  std::thread sleeper([&] {
    os.store(thread, static_cast<std::uint32_t>(::gettid()));
    os.word_wake(thread, 1);
    woken = os.word_wait(word, 0, never);
  });
  while (os.load(thread) == 0) static_cast<void>(os.word_wait(thread, 0, never));
  interrupt(sleeper.native_handle(), static_cast<pid_t>(os.load(thread)));
  // A wait that an interruption ended is not there to be woken any more.
  EXPECT_EQ(os.word_wake(word, 1), 1);
  os.store(word, 1);
  sleeper.join();
  EXPECT_TRUE(woken);
}

TEST(PosixWords, AMappingOfNothingIsRefused) {
  PosixOs os;
  EXPECT_EQ(map_shared(os, 0).error(), Errno{EINVAL});
}

}  // namespace
}  // namespace mp
