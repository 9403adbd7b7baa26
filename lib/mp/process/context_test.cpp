// Start methods and spawn on the real operating system. The program has a main of its own, which a spawned
// child enters like any main.
#include <mp/process/context.hpp>

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>

#include <mp/channel/pipe.hpp>
#include <mp/process/process_class.hpp>
#include <mp/process/thread.hpp>
#include <mp/queue/queue.hpp>
#include <mp/shared/value.hpp>
#include <mp/sync/lock.hpp>
#include <mp/sync/with.hpp>

namespace mp {
namespace {

/// A process of its own for what changes the default method.
template <auto Target>
std::optional<int> exitcode_by(StartMethod method) {
  Process process(fn<Target>, {.method = method});
  process.start();
  process.join();
  return process.exitcode();
}

bool is_default(std::optional<std::string> wanted) { return get_start_method(true) == wanted; }

TEST(StartMethods, AreForkAndSpawn) {
  EXPECT_EQ(get_all_start_methods(), (std::vector<std::string>{"fork", "spawn"}));
  EXPECT_THROW(get_context("forkserver"), ValueError);
  EXPECT_EQ(get_context("spawn").get_start_method(), "spawn");
  EXPECT_THROW(get_context("spawn").set_start_method("fork"), ValueError);
}

TEST(StartMethods, AreChosenOnce) {
  EXPECT_EQ(exitcode_by<[] {
              set_start_method(std::nullopt, true);
              if (!is_default(std::nullopt)) mp::exit(1);
              set_start_method("spawn");
              if (!is_default("spawn")) mp::exit(2);
              try {
                set_start_method("fork");
                mp::exit(3);
              } catch (const RuntimeError&) {
              }
              set_start_method("fork", true);
              if (!is_default("fork")) mp::exit(4);
              try {
                set_start_method("teleport", true);
                mp::exit(5);
              } catch (const ValueError&) {
              }
            }>(StartMethod::fork),
            0);
}

TEST(StartMethods, AreFixedByTheirFirstUse) {
  EXPECT_EQ(exitcode_by<[] {
              set_start_method(std::nullopt, true);
              if (Process(fn<[] {}>).start_method() != StartMethod::fork) mp::exit(1);
              if (!is_default("fork")) mp::exit(2);
            }>(StartMethod::fork),
            0);
}

void expect_spawn() { mp::exit(is_default("spawn") ? 0 : 1); }

TEST(StartMethods, AreInherited) {
  EXPECT_EQ(exitcode_by<[] {
              set_start_method("spawn", true);
              mp::exit(*exitcode_by<&expect_spawn>(StartMethod::fork) +
                       *exitcode_by<&expect_spawn>(StartMethod::spawn));
            }>(StartMethod::fork),
            0);
}

// The address of a variable that an exec puts elsewhere, or makes anew: only a fork keeps what was written to
// it.
int written = 0;

TEST(Spawn, StartsTheProgramAnew) {
  written = 1;
  EXPECT_EQ(exitcode_by<[] { mp::exit(written); }>(StartMethod::fork), 1);
  EXPECT_EQ(exitcode_by<[] { mp::exit(written); }>(StartMethod::spawn), 0);
}

TEST(Spawn, GivesTheChildItsArgumentsAndIdentity) {
  auto [in, out] = Pipe();
  Process process = get_context("spawn").Process(
      fn<[](Connection& to, const std::vector<std::string>& words) {
        to.send(words.at(1) + " of " + current_process().name() + " of " + parent_process()->name());
      }>,
      args(out, std::vector<std::string>{"a", "b"}), {.name = "worker"});
  process.start();
  out.close();
  EXPECT_EQ(in.recv<std::string>(), "b of worker of MainProcess");
  EXPECT_THROW(in.recv<std::string>(), EOFError);
  process.join();
  EXPECT_EQ(process.exitcode(), 0);
}

TEST(Spawn, LeavesOtherDescriptorsBehind) {
  const Descriptor other = ::dup(2);  // not close-on-exec
  Process process(fn<[](int fd) { mp::exit(::close(fd) == 0 ? 1 : 0); }>, args(other),
                  {.method = StartMethod::spawn});
  process.start();
  process.join();
  EXPECT_EQ(process.exitcode(), 0);
  ::close(other);
}

void put_under_lock(Queue<int>& queue, Lock& lock, Value<int>& value) {
  const With held(lock);
  value.value() = value.value() + 1;
  queue.put(value.value());
}

TEST(Spawn, FindsSharedMemoryWhereItIsMappedAnew) {
  Queue<int> queue;
  Lock lock;
  Value<int> value(0);
  lock.acquire();
  Process first(fn<&put_under_lock>, args(queue, lock, value), {.method = StartMethod::spawn});
  Process second(fn<&put_under_lock>, args(queue, lock, value), {.method = StartMethod::spawn});
  first.start();
  second.start();
  EXPECT_EQ(value.value(), 0);
  lock.release();
  EXPECT_EQ(queue.get() + queue.get(), 3);
  first.join();
  second.join();
  EXPECT_EQ(value.value(), 2);
}

// By way of a process that inherited the mapping, and of one that made it anew.
TEST(Spawn, PassesSharedMemoryOn) {
  for (const StartMethod method : {StartMethod::fork, StartMethod::spawn}) {
    Value<int> value(0);
    Process process(fn<[](Value<int>& counted) {
                      Process last(fn<[](Value<int>& inherited) { inherited.value() = 5; }>, args(counted),
                                   {.method = StartMethod::spawn});
                      last.start();
                      last.join();
                    }>,
                    args(value), {.method = method});
    process.start();
    process.join();
    EXPECT_EQ(value.value(), 5);
  }
}

// A child that another thread forks in the middle of a spawn would keep what the spawn waits for.
TEST(Spawn, GetsAlongWithThreadsThatFork) {
  const auto start_many = [](StartMethod method) {
    for (int i = 0; i < 20; ++i) {
      Process process(fn<[] { sleep(std::chrono::milliseconds(5)); }>, {.method = method});
      process.start();
      process.join();
      EXPECT_EQ(process.exitcode(), 0);
    }
  };
  Thread forker([&] { start_many(StartMethod::fork); });
  Thread spawner([&] { start_many(StartMethod::spawn); });
  forker.start();
  spawner.start();
  forker.join();
  spawner.join();
}

class Sender : public ProcessClass<Sender> {
 public:
  explicit Sender(Connection& out) : ProcessClass({.method = StartMethod::spawn}), out_(out) {}
  auto members() { return std::tie(out_); }
  void run() { out_.send(name()); }

 private:
  Connection& out_;
};

TEST(Spawn, RunsClassesToo) {
  auto [in, out] = Pipe();
  Sender sender(out);
  sender.start();
  EXPECT_EQ(in.recv<std::string>(), sender.name());
}

TEST(Spawn, GoesOnFromSpawnedChildren) {
  EXPECT_EQ(
      exitcode_by<[] {
        mp::exit(exitcode_by<[] { mp::exit(exitcode_by<[] { mp::exit(7); }>(StartMethod::fork).value()); }>(
                     StartMethod::spawn)
                     .value());
      }>(StartMethod::spawn),
      7);
}

TEST(Spawn, SaysThatADescriptorIsClosed) {
  const auto [in, out] = *os().pipe();
  const Descriptor named[] = {in, out};
  ASSERT_TRUE(os().close(out));
  const auto entry = [](std::span<const std::byte>) { return 0; };
  const Result<ProcessId> child = os().start_process(
      {.name = "child", .method = StartMethod::spawn, .entry = entry, .descriptors = named});
  EXPECT_EQ(child.error().value, EBADF);
  EXPECT_EQ(os().wait_process(ProcessId{-1}, immediately).error().value, ECHILD);
}

// What a main does that forgets freeze_support (see below), in words for the parent.
int start_a_process_without_support() {
  try {
    Process(fn<[] {}>).start();
    return 1;
  } catch (const RuntimeError& error) {
    return std::string_view(error.what()).find("freeze_support") == std::string_view::npos ? 2 : 42;
  }
}

TEST(Spawn, IsRefusedToAChildWhoseMainHasNoSupport) {
  ::setenv("FORGETS_FREEZE_SUPPORT", "1", 1);
  EXPECT_EQ(exitcode_by<[] {}>(StartMethod::spawn), 42);
  ::unsetenv("FORGETS_FREEZE_SUPPORT");
}

}  // namespace

int forgetful_main() { return start_a_process_without_support(); }

}  // namespace mp

int main(int argc, char** argv) {
  if (std::getenv("FORGETS_FREEZE_SUPPORT") != nullptr) return mp::forgetful_main();
  mp::freeze_support(argc, argv);
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
