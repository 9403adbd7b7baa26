#include <mp/process/process.hpp>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include <mp/channel/pipe.hpp>
#include <mp/process/exit_sequence.hpp>
#include <mp/process/recording_os.hpp>
#include <mp/process/thread.hpp>
#include <mp/queue/queue.hpp>
#include <mp/sync/semaphore.hpp>

namespace mp {
namespace {

std::optional<int> exitcode_of(Process process) {
  process.start();
  process.join();
  return process.exitcode();
}

std::string read_to_end(Descriptor fd) {
  std::string text;
  for (char byte = 0; ::read(fd, &byte, 1) == 1;) text += byte;
  ::close(fd);
  return text;
}

void say(Descriptor fd, std::string_view text) {
  static_cast<void>(os().write(fd, std::as_bytes(std::span(text))));
}

/// What a process that gets a pipe's write end as its only argument writes there.
template <auto Target>
std::string told_by(ProcessOptions options = {}) {
  const auto [in, out] = *os().pipe();
  Process process(fn<Target>, args(out), options);
  process.start();
  ::close(out);
  process.join();
  return read_to_end(in);
}

TEST(Process, GivesItsTargetTheArguments) {
  const auto [in, out] = *os().pipe();
  Process process(fn<[](Descriptor fd, const std::string& text, const std::vector<int>& numbers) {
                    say(fd, text + describe(numbers));
                  }>,
                  args(out, "numbers ", std::vector<int>{1, 2}));
  process.start();
  ::close(out);
  EXPECT_EQ(read_to_end(in), "numbers [1, 2]");
  process.join();
}

TEST(Process, EndsWithZeroWhenItsTargetReturns) {
  EXPECT_EQ(exitcode_of(Process(fn<[] { return 5; }>)), 0);
}

TEST(Process, EndsWithTheStatusOfAnExit) {
  EXPECT_EQ(exitcode_of(Process(fn<[] { mp::exit(); }>)), 0);
  EXPECT_EQ(exitcode_of(Process(fn<[] { mp::exit(-1); }>)), 255);
  EXPECT_EQ(exitcode_of(Process(fn<[] { mp::exit(256); }>)), 0);
  EXPECT_EQ(exitcode_of(Process(fn<[] { mp::exit(259); }>)), 3);
  EXPECT_EQ(exitcode_of(Process(fn<[] { os().exit_process(7); }>)), 7);
}

TEST(Process, EndsWithTheStatusOfAnExitThatIsNoNumber) {
  EXPECT_EQ(exitcode_of(Process(fn<[] { mp::exit(std::nullopt); }>)), 0);
  EXPECT_EQ(exitcode_of(Process(fn<[] { mp::exit(true); }>)), 1);
  EXPECT_EQ(exitcode_of(Process(fn<[] { mp::exit(false); }>)), 0);
  EXPECT_EQ(exitcode_of(Process(fn<[] { mp::exit_now(7); }>)), 7);
  EXPECT_EQ(told_by<[](Descriptor fd) {
              ::dup2(fd, 2);
              mp::exit(2.5);
            }>(),
            "2.5\n");
}

TEST(Process, EndsAtOnceByExitNow) {
  EXPECT_EQ(told_by<[](Descriptor fd) {
              static Descriptor out = fd;
              register_finalizer(
                  0, [](void*) { say(out, "finalized"); }, nullptr);
              mp::exit_now(0);
            }>(),
            "");
}

TEST(Process, WritesTheWordsOfAnExit) {
  EXPECT_EQ(told_by<[](Descriptor fd) {
              ::dup2(fd, 2);
              mp::exit("no such luck");
            }>(),
            "no such luck\n");
}

TEST(Process, EndsWithOneAndWordsWhenItsTargetThrows) {
  EXPECT_EQ(told_by<[](Descriptor fd) {
              ::dup2(fd, 2);
              throw KeyError("count");
            }>({.name = "worker-1"}),
            "Process worker-1:\n  mp::KeyError: count\n");
  testing::internal::CaptureStderr();
  EXPECT_EQ(exitcode_of(Process(fn<[] { throw 5; }>)), 1);
  testing::internal::GetCapturedStderr();
}

TEST(Process, KilledByASignalHasItsNegativeNumber) {
  EXPECT_EQ(exitcode_of(Process(fn<[] { ::raise(SIGKILL); }>)), -9);
  EXPECT_EQ(exitcode_of(Process(fn<[] { ::raise(SIGUSR1); }>)), -SIGUSR1);
  EXPECT_EQ(exitcode_of(Process(fn<[] {
              const rlimit no_core{};
              ::setrlimit(RLIMIT_CORE, &no_core);
              std::abort();
            }>)),
            -6);
}

// PROC-12: what a target left in the buffers of stdio and iostreams, after its threads have ended.
TEST(Process, WritesWhatItHasBufferedAtItsEnd) {
  EXPECT_EQ(told_by<[](Descriptor fd) {
              ::dup2(fd, 1);
              std::cout << "a";
              std::printf("b");
              Thread([] { std::printf("c"); }).start();
              Thread([] { sleep(std::chrono::hours(1)); }, {.daemon = true}).start();
            }>(),
            "abc");
}

TEST(Process, HasNoStandardInput) {
  EXPECT_EQ(exitcode_of(Process(fn<[] {
              char byte = 0;
              mp::exit(static_cast<int>(::read(0, &byte, 1)));
            }>)),
            0);
}

// PROC-19
static_assert(!detail::Crosses<Process> && !detail::Crosses<ProcessHandle>);

TEST(Process, RefusesToStartWithAHandleThatWasClosed) {
  auto [in, out] = Pipe();
  Process closed(fn<[](Connection&) {}>, args(out));
  out.close();
  EXPECT_THROW(closed.start(), ValueError);
  std::optional<Queue<int>> queue(std::in_place);
  Process destroyed(fn<[](Queue<int>&) {}>, args(*queue));
  queue.reset();
  EXPECT_THROW(destroyed.start(), ValueError);
}

TEST(Process, StartsWithAHandleThatWasMoved) {
  auto [in, out] = Pipe();
  Process process(fn<[](Connection& to) { to.send(1); }>, args(out));
  const Connection moved = std::move(out);
  process.start();
  EXPECT_EQ(in.recv<int>(), 1);
}

TEST(Process, KeepsTheSharedMemoryOfItsArguments) {
  std::optional<Semaphore> semaphore(std::in_place, 0);
  Process process(fn<[](Semaphore& posted) {
                    posted.release();
                    mp::exit(posted.acquire(false) ? 0 : 1);
                  }>,
                  args(*semaphore));
  semaphore.reset();
  EXPECT_EQ(exitcode_of(std::move(process)), 0);
}

TEST(Process, StartsOnce) {
  RecordingOs recorder;
  const OsScope scope(&recorder);
  Process process(fn<[] {}>);
  process.start();
  EXPECT_THROW(process.start(), AssertionError);
  process.join();
  EXPECT_THROW(process.start(), AssertionError);
  EXPECT_TRUE(recorder.has("misused process-start-twice"));
}

// Reaches a child by fork, as an object that lies in memory does.
Process* inherited = nullptr;

TEST(Process, StartsInItsCreatorOnly) {
  Process process(fn<[] {}>);
  inherited = &process;
  EXPECT_EQ(told_by<[](Descriptor fd) {
              try {
                inherited->start();
              } catch (const AssertionError& error) {
                say(fd, error.what());
              }
            }>(),
            "can only start a process object created by current process");
}

TEST(Process, InheritsWhetherItIsADaemon) {
  EXPECT_FALSE(Process(fn<[] {}>).daemon());
  EXPECT_EQ(
      told_by<[](Descriptor fd) { say(fd, Process(fn<[] {}>).daemon() ? "yes" : "no"); }>({.daemon = true}),
      "yes");
}

TEST(Process, ThatIsADaemonHasNoChildren) {
  EXPECT_EQ(told_by<[](Descriptor fd) {
              try {
                Process(fn<[] {}>).start();
              } catch (const AssertionError& error) {
                say(fd, error.what());
              }
            }>({.daemon = true}),
            "daemonic processes are not allowed to have children");
}

TEST(Process, MayBecomeADaemonBeforeItStarts) {
  RecordingOs recorder;
  const OsScope scope(&recorder);
  Process process(fn<[] {}>);
  process.set_daemon(true);
  EXPECT_TRUE(process.daemon());
  process.start();
  EXPECT_THROW(process.set_daemon(false), AssertionError);
  EXPECT_TRUE(recorder.has("misused daemon-after-start"));
  process.join();
}

TEST(Process, IsNamedByCreationCounters) {
  const std::string first = Process(fn<[] {}>).name();
  const std::string second = Process(fn<[] {}>, {.name = ""}).name();
  const int ordinal = std::stoi(first.substr(sizeof("Process-") - 1));
  EXPECT_EQ(second, "Process-" + std::to_string(ordinal + 1));
  EXPECT_EQ(told_by<[](Descriptor fd) { say(fd, Process(fn<[] {}>).name()); }>(),
            "Process-" + std::to_string(ordinal + 2) + ":1");
  EXPECT_EQ(Process(fn<[] {}>, {.name = "worker"}).name(), "worker");
}

TEST(Process, CanBeClosedOnceItHasEnded) {
  Process process(fn<[] { sleep(std::chrono::hours(1)); }>, {.name = "closed"});
  process.start();
  EXPECT_THROW(process.close(), ValueError);
  process.kill();
  process.join();
  process.close();
  process.close();
  EXPECT_EQ(process.name(), "closed");
  EXPECT_FALSE(process.daemon());
  EXPECT_THROW(process.start(), ValueError);
  EXPECT_THROW(process.join(), ValueError);
  EXPECT_THROW(static_cast<void>(process.is_alive()), ValueError);
  EXPECT_THROW(static_cast<void>(process.exitcode()), ValueError);
  EXPECT_THROW(process.terminate(), ValueError);
  EXPECT_THROW(process.kill(), ValueError);
  EXPECT_THROW(process.set_daemon(true), ValueError);
  EXPECT_THROW(static_cast<void>(process.pid()), ValueError);
  EXPECT_EQ(process.authkey(), current_process().authkey());
}

TEST(Process, CanBeClosedBeforeItStarts) {
  Process process(fn<[] {}>);
  process.close();
  EXPECT_THROW(process.start(), ValueError);
}

class CrowdedOs : public PosixOs {
 public:
  Result<ProcessId> start_process(const ProcessStart& start) override {
    return is_crowded ? failure(EAGAIN) : PosixOs::start_process(start);
  }
  bool is_crowded = true;
};

TEST(Process, MayBeStartedAgainWhenTheMachineRefused) {
  CrowdedOs crowded;
  const OsScope scope(&crowded);
  Process process(fn<[](int status) { mp::exit(status); }>, args(4));
  EXPECT_THROW(process.start(), OSError);
  EXPECT_EQ(process.pid(), std::nullopt);
  crowded.is_crowded = false;
  process.start();
  process.join();
  EXPECT_EQ(process.exitcode(), 4);
}

}  // namespace
}  // namespace mp
