#include <mp/process/thread.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <optional>

#include <mp/process/recording_os.hpp>
#include <mp/process/state.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;

void set(Word& word) {
  os().store(word, 1);
  os().word_wake(word, 1);
}

void await(Word& word) {
  while (os().load(word) == 0) static_cast<void>(os().word_wait(word, 0, never));
}

TEST(Thread, RunsAnyCallableOfItsProcess) {
  int result = 0;
  auto owned = std::make_unique<int>(4);
  Thread thread([&, owned = std::move(owned)]() mutable { result = (*owned)++; });
  thread.start();
  thread.join();
  EXPECT_EQ(result, 4);
}

TEST(Thread, IsAliveFromItsStartToTheEndOfItsTarget) {
  Word finish;
  Thread thread([&] { await(finish); });
  EXPECT_FALSE(thread.is_alive());
  thread.start();
  EXPECT_TRUE(thread.is_alive());
  thread.join(0.01s);
  EXPECT_TRUE(thread.is_alive());
  set(finish);
  thread.join();
  thread.join();
  EXPECT_FALSE(thread.is_alive());
}

TEST(Thread, IsAliveToItself) {
  bool alive = false;
  std::unique_ptr<Thread> thread;
  thread = std::make_unique<Thread>([&] { alive = thread->is_alive(); });
  thread->start();
  thread->join();
  EXPECT_TRUE(alive);
}

TEST(Thread, IsStartedOnceAndJoinedAfterThat) {
  Thread thread([] {});
  EXPECT_THROW(thread.join(), RuntimeError);
  thread.start();
  EXPECT_THROW(thread.start(), RuntimeError);
  EXPECT_THROW(thread.set_daemon(true), RuntimeError);
  thread.join();
}

TEST(Thread, DoesNotJoinItself) {
  std::string words;
  std::unique_ptr<Thread> thread;
  thread = std::make_unique<Thread>([&] {
    try {
      thread->join();
    } catch (const RuntimeError& error) {
      words = error.what();
    }
  });
  thread->start();
  thread->join();
  EXPECT_EQ(words, "cannot join current thread");
}

TEST(Thread, MayBeJoinedByAnyOther) {
  Word finish;
  Thread worker([&] { await(finish); });
  worker.start();
  Thread joiner([&] { worker.join(); });
  joiner.start();
  set(finish);
  worker.join();
  joiner.join();
  EXPECT_FALSE(worker.is_alive());
}

TEST(Thread, TakesAfterTheThreadThatMadeIt) {
  bool child_is_daemon = false;
  std::string name;
  Thread parent(
      [&] {
        child_is_daemon = Thread([] {}).daemon();
        name = current_thread_name();
      },
      {.name = "parent", .daemon = true});
  EXPECT_FALSE(Thread([] {}).daemon());
  parent.start();
  parent.join();
  EXPECT_TRUE(child_is_daemon);
  EXPECT_EQ(name, "parent");
  EXPECT_EQ(current_thread_name(), "MainThread");
}

TEST(CurrentThread, IsTheFirstOneOfTheProcessOrAThread) {
  EXPECT_EQ(current_thread().name(), "MainThread");
  EXPECT_TRUE(current_thread().is_alive());
  EXPECT_THROW(current_thread().join(), RuntimeError);
  std::optional<ThreadHandle> self;
  Thread thread([&] { self = current_thread(); }, {.name = "self"});
  thread.start();
  thread.join();
  EXPECT_EQ(self, thread);
  EXPECT_EQ(self->name(), "self");
  EXPECT_FALSE(self->is_alive());
}

TEST(CurrentThread, OfTheProcessIsNotJoined) {
  const ThreadHandle first = current_thread();
  bool refused = false;
  Thread thread([&] {
    try {
      first.join();
    } catch (const RuntimeError&) {
      refused = first.is_alive();
    }
  });
  thread.start();
  thread.join();
  EXPECT_TRUE(refused);
}

TEST(ActiveThreads, AreTheFirstAndThoseThatHaveNotEnded) {
  Word finish;
  std::size_t seen_inside = 0;
  Thread running([&] { await(finish); }, {.name = "running"});
  Thread ended([&] { seen_inside = active_thread_count(); });
  const Thread unstarted([] {});
  running.start();
  ended.start();
  ended.join();
  EXPECT_EQ(seen_inside, 3U);
  const std::vector<ThreadHandle> active = active_threads();
  ASSERT_EQ(active.size(), 2U);
  EXPECT_EQ(active[0], current_thread());
  EXPECT_EQ(active[1], running);
  set(finish);
  running.join();
  EXPECT_EQ(active_thread_count(), 1U);
}

TEST(Thread, IsNamedByACounterOfItsProcess) {
  const std::string first = Thread([] {}).name();
  const int ordinal = std::stoi(first.substr(sizeof("Thread-") - 1));
  EXPECT_EQ(Thread([] {}).name(), "Thread-" + std::to_string(ordinal + 1));
}

TEST(Thread, ReportsAnExceptionAndEnds) {
  RecordingOs recorder;
  const OsScope scope(&recorder);
  Thread thread([] { throw ValueError("bad"); }, {.name = "loser"});
  testing::internal::CaptureStderr();
  thread.start();
  thread.join();
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "Exception in thread loser:\n  mp::ValueError: bad\n");
  EXPECT_TRUE(recorder.has("uncaught mp::ValueError: bad"));
}

TEST(Thread, EndsSilentlyByASystemExit) {
  RecordingOs recorder;
  const OsScope scope(&recorder);
  Thread thread([] { throw SystemExit{3}; });
  thread.start();
  thread.join();
  EXPECT_EQ(recorder.lines(), (std::vector<std::string>{"begin start", "end 0", "begin join", "end 0"}));
}

TEST(Thread, GivesUpWhatItsCallableHeldWhenItEnds) {
  auto held = std::make_shared<int>(1);
  const std::weak_ptr<int> seen = held;
  Thread thread([held = std::move(held)] {});
  thread.start();
  thread.join();
  EXPECT_TRUE(seen.expired());
}

TEST(Thread, ClosesItsConnectionsWhenItEnds) {
  int closed = 0;
  Thread thread([&] {
    TaskState& task = task_state(os());
    task.connections = &closed;
    task.close_connections = [](void* connections) { ++*static_cast<int*>(connections); };
  });
  thread.start();
  thread.join();
  EXPECT_EQ(closed, 1);
}

}  // namespace
}  // namespace mp
