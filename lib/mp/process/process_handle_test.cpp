#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <thread>

#include <mp/channel/wait.hpp>
#include <mp/process/process.hpp>
#include <mp/process/recording_os.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;

void sleep_long() { sleep(1h); }

/// A process that runs until it is killed, which its end of scope does.
class Sleeper {
 public:
  Sleeper() { process.start(); }
  ~Sleeper() {
    process.kill();
    process.join();
  }
  Process process{fn<&sleep_long>};
};

TEST(ProcessHandle, KnowsNothingBeforeTheStart) {
  RecordingOs recorder;
  const OsScope scope(&recorder);
  const Process process(fn<[] {}>);
  EXPECT_FALSE(process.is_alive());
  EXPECT_EQ(process.exitcode(), std::nullopt);
  EXPECT_EQ(process.pid(), std::nullopt);
  EXPECT_THROW(process.join(), AssertionError);
  EXPECT_TRUE(recorder.has("misused join-before-start"));
  EXPECT_THROW(process.terminate(), AssertionError);
  EXPECT_THROW(process.kill(), AssertionError);
}

TEST(ProcessHandle, IsAliveUntilTheEnd) {
  Sleeper sleeper;
  EXPECT_TRUE(sleeper.process.is_alive());
  EXPECT_EQ(sleeper.process.exitcode(), std::nullopt);
  EXPECT_NE(sleeper.process.pid(), std::nullopt);
  sleeper.process.kill();
  sleeper.process.join();
  EXPECT_FALSE(sleeper.process.is_alive());
  EXPECT_EQ(sleeper.process.exitcode(), -9);
}

TEST(ProcessHandle, JoinsForAsLongAsItIsTold) {
  Sleeper sleeper;
  for (const Timeout timeout : {Timeout(0s), Timeout(-1s), Timeout(0.01s)}) {
    sleeper.process.join(timeout);
    EXPECT_TRUE(sleeper.process.is_alive());
  }
}

TEST(ProcessHandle, JoinsAnyNumberOfTimes) {
  Process process(fn<[] { mp::exit(3); }>);
  process.start();
  process.join();
  process.join();
  EXPECT_EQ(process.exitcode(), 3);
  EXPECT_EQ(process.exitcode(), 3);
}

TEST(ProcessHandle, TellsTheResultOfItsOperations) {
  RecordingOs recorder;
  const OsScope scope(&recorder);
  Process process(fn<[] { mp::exit(3); }>);
  process.start();
  process.join();
  EXPECT_EQ(recorder.lines(), (std::vector<std::string>{"begin start", "end 0", "begin join", "end 3"}));
}

TEST(ProcessHandle, TerminatesWithFifteen) {
  Sleeper sleeper;
  sleeper.process.terminate();
  sleeper.process.join();
  EXPECT_EQ(sleeper.process.exitcode(), -15);
}

TEST(ProcessHandle, StopsAndResumes) {
  Sleeper sleeper;
  const ProcessHandle& process = sleeper.process;
  process.stop();
  siginfo_t stopped{};
  ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(*process.pid()), &stopped, WSTOPPED), 0);
  process.terminate();
  process.join(0.05s);
  EXPECT_TRUE(process.is_alive());
  process.resume();
  process.join();
  EXPECT_EQ(process.exitcode(), -15);
}

TEST(ProcessHandle, KillsWhatIsStopped) {
  Sleeper sleeper;
  sleeper.process.stop();
  sleeper.process.kill();
  sleeper.process.join();
  EXPECT_EQ(sleeper.process.exitcode(), -9);
  sleeper.process.stop();
  sleeper.process.resume();
}

TEST(ProcessHandle, DoesNothingToAProcessThatHasEnded) {
  Process process(fn<[] {}>);
  process.start();
  process.join();
  process.terminate();
  process.kill();
  EXPECT_EQ(process.exitcode(), 0);
}

/// Counts what is done to processes by their numbers.
struct CountingOs final : PosixOs {
  Result<void> signal_process(ProcessId process, Signal signal) override {
    ++signalled;
    return PosixOs::signal_process(process, signal);
  }
  Result<Descriptor> open_process(ProcessId process) override {
    ++opened;
    return PosixOs::open_process(process);
  }
  int signalled = 0;
  int opened = 0;
};

// Its number may be a stranger's by now.
TEST(ProcessHandle, IsNotKnownByItsNumberOnceItHasBeenJoined) {
  CountingOs counting;
  const OsScope scope(&counting);
  Process process(fn<[] {}>);
  process.start();
  process.join();
  process.terminate();
  process.kill();
  EXPECT_EQ(wait({process.sentinel()}).size(), 1U);
  EXPECT_EQ(counting.signalled, 0);
  EXPECT_EQ(counting.opened, 0);
}

Process* sibling = nullptr;

template <auto Target>
std::optional<int> exitcode_of_a_child() {
  Process process{fn<Target>};
  process.start();
  process.join();
  return process.exitcode();
}

TEST(ProcessHandle, IsItsCreatorsToJoinAndTest) {
  Sleeper sleeper;
  sibling = &sleeper.process;
  const auto only_creators = [] {
    int refused = 0;
    try {
      sibling->join();
    } catch (const AssertionError&) {
      ++refused;
    }
    try {
      static_cast<void>(sibling->is_alive());
    } catch (const AssertionError&) {
      ++refused;
    }
    mp::exit(sibling->exitcode() ? 9 : refused);
  };
  EXPECT_EQ(exitcode_of_a_child<only_creators>(), 2);
}

TEST(ProcessHandle, LetsASiblingTerminate) {
  Sleeper sleeper;
  sibling = &sleeper.process;
  EXPECT_EQ(exitcode_of_a_child<[] { sibling->terminate(); }>(), 0);
  sleeper.process.join();
  EXPECT_EQ(sleeper.process.exitcode(), -15);
}

TEST(ProcessHandle, TellsTheExitCodeToEveryThreadThatWaits) {
  for (int round = 0; round < 60; ++round) {
    Process process(fn<[] { mp::exit(6); }>);
    process.start();
    std::optional<int> joined;
    std::thread joiner([&] {
      process.join();
      joined = process.exitcode();
    });
    while (!process.exitcode()) os().sleep_until(os().now() + 10us);
    EXPECT_EQ(process.exitcode(), 6);
    joiner.join();
    EXPECT_EQ(joined, 6);
  }
}

TEST(ActiveChildren, AreThoseThatHaveNotEnded) {
  Sleeper sleeper;
  Process ended(fn<[] {}>);
  const Process unstarted(fn<[] {}>);
  ended.start();
  ended.join();
  const std::vector<ProcessHandle> active = active_children();
  ASSERT_EQ(active.size(), 1U);
  EXPECT_EQ(active[0].name(), sleeper.process.name());
  EXPECT_EQ(active[0].pid(), sleeper.process.pid());
}

TEST(ActiveChildren, OutliveTheirProcessObject) {
  { Process(fn<&sleep_long>, {.name = "dropped"}).start(); }
  const std::vector<ProcessHandle> active = active_children();
  ASSERT_EQ(active.size(), 1U);
  active[0].kill();
  active[0].join();
  EXPECT_EQ(active[0].exitcode(), -9);
  EXPECT_TRUE(active_children().empty());
}

}  // namespace
}  // namespace mp
