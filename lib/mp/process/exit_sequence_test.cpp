#include <mp/process/exit_sequence.hpp>

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

#include <mp/process/process.hpp>
#include <mp/process/recording_os.hpp>
#include <mp/process/thread.hpp>
#include <mp/queue/queue.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;

// Written once in each child, before it registers anything.
Descriptor diary = -1;

void note(std::string_view text) { static_cast<void>(os().write(diary, std::as_bytes(std::span(text)))); }

void note_letter(void* letter) { note(static_cast<const char*>(letter)); }

FinalizerId finalize(int priority, const char* letter) {
  return register_finalizer(priority, &note_letter, const_cast<char*>(letter));
}

/// What a child that runs Body, and whatever it leaves behind, writes into the diary.
template <auto Body>
std::string diary_of_a_child() {
  const auto [in, out] = *os().pipe();
  Process process(fn<[](Descriptor fd) {
                    diary = fd;
                    Body();
                  }>,
                  args(out));
  process.start();
  ::close(out);
  std::string text;
  for (char byte = 0; ::read(in, &byte, 1) == 1;) text += byte;
  ::close(in);
  process.join();
  return text;
}

TEST(ExitSequence, RunsFinalizersByPriorityAndTheNewestFirst) {
  EXPECT_EQ(diary_of_a_child<[] {
              finalize(exit_priority::queue_join_feeder, "f");
              finalize(exit_priority::manager_shutdown, "m");
              finalize(exit_priority::queue_no_more_data, "1");
              finalize(exit_priority::queue_no_more_data, "2");
              finalize(exit_priority::pool_terminate, "p");
              finalize(-100, "t");
              note("b");
            }>(),
            "bp21mft");
}

TEST(ExitSequence, LeavesOutWhatWasCancelled) {
  EXPECT_EQ(diary_of_a_child<[] {
              const FinalizerId cancelled = finalize(0, "c");
              finalize(0, "k");
              note(cancel_finalizer(cancelled) ? "yes " : "no ");
              note(cancel_finalizer(cancelled) ? "yes " : "no ");
              note(cancel_finalizer(FinalizerId::none) ? "yes " : "no ");
            }>(),
            "yes no no k");
}

TEST(ExitSequence, RunsWhatAFinalizerRegisters) {
  EXPECT_EQ(diary_of_a_child<[] {
              register_finalizer(
                  0, [](void*) { finalize(5, "n"); }, nullptr);
              finalize(-1, "l");
            }>(),
            "nl");
}

TEST(ExitSequence, GoesOnAfterAFinalizerThatThrows) {
  EXPECT_EQ(diary_of_a_child<[] {
              ::close(2);
              finalize(0, "a");
              register_finalizer(
                  1, [](void*) { throw ValueError("finalizer"); }, nullptr);
            }>(),
            "a");
}

TEST(ExitSequence, RunsAfterATargetThatThrows) {
  EXPECT_EQ(diary_of_a_child<[] {
              ::close(2);
              finalize(0, "a");
              throw ValueError("target");
            }>(),
            "a");
}

TEST(ExitSequence, RunsOnce) {
  EXPECT_EQ(diary_of_a_child<[] {
              finalize(0, "a");
              finish_process();
              finalize(0, "b");
              finish_process();
            }>(),
            "a");
}

TEST(ExitSequence, WaitsForChildrenBetweenTheFinalizers) {
  EXPECT_EQ(diary_of_a_child<[] {
              finalize(0, "a");
              finalize(-5, "z");
              Process(fn<[](Descriptor fd) {
                        diary = fd;
                        sleep(0.05s);
                        note("c");
                      }>,
                      args(diary))
                  .start();
            }>(),
            "acz");
}

TEST(ExitSequence, TerminatesDaemonicChildren) {
  EXPECT_EQ(diary_of_a_child<[] {
              finalize(-5, "z");
              Process(fn<[] { sleep(1h); }>, {.daemon = true}).start();
            }>(),
            "z");
}

TEST(ExitSequence, OfAChildJoinsThreadsAtItsVeryEnd) {
  EXPECT_EQ(diary_of_a_child<[] {
              finalize(-5, "z");
              Thread([] {
                sleep(0.05s);
                note("t");
              }).start();
              Thread([] { sleep(1h); }, {.daemon = true}).start();
            }>(),
            "zt");
}

// PROC-11: the only one who would have taken what is in the pipe is terminated first.
TEST(ExitSequence, HangsOnAQueueThatADaemonWasToEmpty) {
  Process process(fn<[] {
    Queue<std::string> queue;
    Process(fn<[](Queue<std::string>&) { sleep(1h); }>, args(queue), {.daemon = true}).start();
    queue.put(std::string(200'000, 'x'));
  }>);
  process.start();
  process.join(0.2s);
  EXPECT_TRUE(process.is_alive());
  process.kill();
  process.join();
}

TEST(ExitSequence, IsToldAsOneOperationWithTheJoinsInside) {
  const auto in_a_fresh_process = [] {
    RecordingOs recorder;
    const OsScope scope(&recorder);
    Process(fn<[] { mp::exit(3); }>).start();
    finish_process();
    const std::vector<std::string> wanted{"begin start", "end 0", "begin finish",
                                          "begin join",  "end 3", "end 0"};
    ::_exit(recorder.lines() == wanted ? 0 : 1);
  };
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(in_a_fresh_process(), testing::ExitedWithCode(0), "");
}

// Closes a process while another one is waited for, as a thread might.
class ClosingOs : public PosixOs {
 public:
  Result<ProcessEnd> wait_process(ProcessId child, Instant deadline) override {
    if (Process* const closed = std::exchange(to_close, nullptr)) {
      closed->join();
      closed->close();
    }
    return PosixOs::wait_process(child, deadline);
  }
  Process* to_close = nullptr;
};

TEST(ExitSequence, GoesOnIfAChildIsClosedMeanwhile) {
  const auto in_a_fresh_process = [] {
    ClosingOs closing;
    const OsScope scope(&closing);
    Process first(fn<[] {}>);
    Process second(fn<[] {}>);
    first.start();
    second.start();
    closing.to_close = &second;
    finish_process();
    ::_exit(closing.to_close == nullptr ? 0 : 1);
  };
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(in_a_fresh_process(), testing::ExitedWithCode(0), "");
}

TEST(ExitSequence, OfAMainProcessRunsForAFinalizerAlone) {
  const auto in_a_fresh_process = [] {
    diary = 2;
    finalize(0, "a");
    std::exit(0);
  };
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(in_a_fresh_process(), testing::ExitedWithCode(0), "(^|\n)a$");
}

TEST(ExitSequence, OfAMainProcessJoinsItsThreads) {
  const auto in_a_fresh_process = [] {
    diary = 2;
    Thread([] {
      sleep(0.05s);
      note("t");
    }).start();
    std::exit(0);
  };
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(in_a_fresh_process(), testing::ExitedWithCode(0), "(^|\n)t$");
}

// Were it not, whoever reads what the two have written would wait for it.
TEST(ExitSequence, OfAMainProcessTerminatesItsDaemons) {
  const auto in_a_fresh_process = [] {
    Process(fn<[] { mp::sleep(1h); }>, {.daemon = true}).start();
    std::exit(0);
  };
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(in_a_fresh_process(), testing::ExitedWithCode(0), "");
}

TEST(ExitSequence, OfAMainProcessRunsWhenMainReturnsAndJoinsThreadsFirst) {
  const auto in_a_fresh_process = [] {
    diary = 2;
    finalize(0, "a");
    Process(fn<[] { mp::sleep(1h); }>, {.daemon = true}).start();
    Thread([] {
      sleep(0.05s);
      note("t");
    }).start();
    std::exit(0);
  };
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(in_a_fresh_process(), testing::ExitedWithCode(0), "(^|\n)ta$");
}

}  // namespace
}  // namespace mp
