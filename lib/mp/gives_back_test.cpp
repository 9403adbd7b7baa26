// Whatever a primitive opens, names or maps, it gives back when its handles are gone: descriptors, files,
// segments and mappings, on the real Os, where a program that does not would run out of them.
#include <dirent.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include <mp/multiprocessing.hpp>
#include <mp/process/state.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;
using Names = std::set<std::string>;

Names names_in(const char* folder) {
  Names names;
  const std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(folder), &::closedir);
  while (const dirent* const each = ::readdir(open.get()))
    names.insert(static_cast<const char*>(each->d_name));
  return names;
}

/// Shared mappings: memory of our own comes and goes.
std::size_t shared_mappings() {
  std::ifstream maps("/proc/self/maps");
  std::size_t count = 0;
  for (std::string line; std::getline(maps, line);)
    if (line.find("rw-s") != std::string::npos) ++count;
  return count;
}

/// For temporary files, which other programs make as well elsewhere.
class FolderOfOurOwn {
 public:
  FolderOfOurOwn() {
    const char* const before = std::getenv("TMPDIR");
    if (before != nullptr) before_ = before;
    path_ = std::string(os().temporary_directory()) + "/heddle-XXXXXX";
    if (::mkdtemp(path_.data()) == nullptr) std::abort();
    ::setenv("TMPDIR", path_.c_str(), 1);
  }
  ~FolderOfOurOwn() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
    before_ ? ::setenv("TMPDIR", before_->c_str(), 1) : ::unsetenv("TMPDIR");
  }
  FolderOfOurOwn(const FolderOfOurOwn&) = delete;
  FolderOfOurOwn& operator=(const FolderOfOurOwn&) = delete;

 private:
  std::optional<std::string> before_;
  std::string path_;
};

/// What is still to be done at the end of the process.
std::size_t duties() {
  ProcessState& state = process_state(os());
  const StateLock lock(state);
  return state.finalizers == nullptr ? 0 : state.finalizers->size();
}

struct Belongings {
  std::size_t descriptors = names_in("/proc/self/fd").size();
  std::size_t mappings = shared_mappings();
  std::size_t duties_left = duties();
  Names files = names_in(std::string(os().temporary_directory()).c_str());
};

/// Twice: what is made once for the process, such as its own sentinel, is made the first time.
void expect_all_given_back(const std::function<void()>& use) {
  const FolderOfOurOwn folder;
  use();
  const Belongings before;
  use();
  const Belongings after;
  EXPECT_EQ(after.descriptors, before.descriptors);
  EXPECT_EQ(after.mappings, before.mappings);
  EXPECT_EQ(after.duties_left, before.duties_left);
  EXPECT_EQ(after.files, before.files);
}

Thread in_a_thread(std::function<void()> body) {
  Thread thread(std::move(body));
  thread.start();
  return thread;
}

TEST(GivesBack, APipe) {
  expect_all_given_back([] {
    auto [there, here] = Pipe();
    here.send(1);
    EXPECT_EQ(there.recv<int>(), 1);
    auto [out, in] = Pipe(Duplex::no);
    in.close();
  });
}

void call(Listener& listener, std::optional<AuthenticationKey> key) {
  Thread caller =
      in_a_thread([address = listener.address(), key] { Client(address, {.authkey = key}).send(1); });
  EXPECT_EQ(listener.accept().recv<int>(), 1);
  caller.join();
}

TEST(GivesBack, AListener) {
  expect_all_given_back([] {
    Listener file;
    call(file, {});
    Listener port(InternetAddress{});
    call(port, {});
    Listener with_key({}, {.authkey = AuthenticationKey("a key")});
    call(with_key, AuthenticationKey("a key"));
  });
}

TEST(GivesBack, AListenerWithCallersWhoNeverShowTheirKey) {
  expect_all_given_back([] {
    Listener listener({}, {.backlog = 3, .authkey = AuthenticationKey("a key")});
    const Connection silent = Client(listener.address());
    call(listener, AuthenticationKey("a key"));
  });
}

TEST(GivesBack, AListenerThatTurnsAway) {
  expect_all_given_back([] {
    Listener listener({}, {.authkey = AuthenticationKey("a key")});
    Thread caller = in_a_thread([address = listener.address()] {
      EXPECT_THROW(Client(address, {.authkey = AuthenticationKey("another")}), AuthenticationError);
    });
    EXPECT_THROW(listener.accept(), AuthenticationError);
    caller.join();
  });
}

TEST(GivesBack, AListenerThatCannotBeBound) {
  expect_all_given_back([] {
    const Listener listener;
    EXPECT_THROW(Listener(listener.address()), OSError);
  });
}

void exit_with(int status) { exit(status); }

/// No descriptor is to be had while it lives.
class NoDescriptors {
 public:
  NoDescriptors() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit none{.rlim_cur = 0, .rlim_max = before_.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &none);
  }
  ~NoDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }
  NoDescriptors(const NoDescriptors&) = delete;
  NoDescriptors& operator=(const NoDescriptors&) = delete;

 private:
  rlimit before_{};
};

TEST(GivesBack, AListenerThatGetsNoDescriptor) {
  expect_all_given_back([] {
    const NoDescriptors none;
    EXPECT_THROW(Listener(), OSError);
  });
}

TEST(GivesBack, AListenerThatGetsNoDescriptorForACaller) {
  expect_all_given_back([] {
    Listener listener({}, {.authkey = AuthenticationKey("a key")});
    const Connection caller = Client(listener.address());
    const NoDescriptors none;
    EXPECT_THROW(listener.accept(), OSError);
  });
}

TEST(GivesBack, AProcess) {
  expect_all_given_back([] {
    Process process(fn<&exit_with>, args(3));
    process.start();
    EXPECT_EQ(wait({process.sentinel()}).size(), 1U);
    process.join();
    EXPECT_EQ(process.exitcode(), 3);
    process.close();
  });
}

TEST(GivesBack, AProcessThatIsClosedBeforeItsObjectGoes) {
  Process process(fn<&exit_with>, args(0));
  process.start();
  process.join();
  const std::size_t before = names_in("/proc/self/fd").size();
  static_cast<void>(process.sentinel());
  process.close();
  EXPECT_EQ(names_in("/proc/self/fd").size(), before);
}

int looks_after_its_parent() {
  const auto look = [] { return parent_process()->is_alive(); };
  if (!look()) return 1;
  const std::size_t before = names_in("/proc/self/fd").size();
  if (!look()) return 1;
  return names_in("/proc/self/fd").size() == before ? 0 : 2;
}

TEST(GivesBack, AProcessThatLooksAfterItsParent) {
  Process process(fn<[] { exit(looks_after_its_parent()); }>);
  process.start();
  process.join();
  EXPECT_EQ(process.exitcode(), 0);
}

/// All that is mapped, stacks among them.
std::size_t mappings() {
  std::ifstream maps("/proc/self/maps");
  std::size_t count = 0;
  for (std::string line; std::getline(maps, line);) ++count;
  return count;
}

// The next one that starts takes away those that have ended.
TEST(GivesBack, ThreadsThatNobodyJoins) {
  constexpr int threads = 100;
  static Semaphore done(0);  // the last one still releases it
  const std::size_t before = mappings();
  for (int i = 0; i < threads; ++i) {
    in_a_thread([] { done.release(); });
    done.acquire();
  }
  EXPECT_LT(mappings(), before + threads);
}

TEST(GivesBack, Queues) {
  expect_all_given_back([] {
    Queue<int> queue(2);
    queue.put(1);
    EXPECT_EQ(queue.get(), 1);
    queue.close();
    queue.join_thread();
    JoinableQueue<int> tasks;
    tasks.put(1);
    EXPECT_EQ(tasks.get(), 1);
    tasks.task_done();
    tasks.join();
    tasks.close();
    tasks.join_thread();
    SimpleQueue<int> simple;
    simple.put(1);
    EXPECT_EQ(simple.get(), 1);
  });
}

/// What a thread that nobody waits for gives back, it gives back in its own time.
void expect_descriptors(std::size_t count) {
  const Instant end = os().now() + 20s;
  while (names_in("/proc/self/fd").size() != count && os().now() < end) sleep(1ms);
  EXPECT_EQ(names_in("/proc/self/fd").size(), count);
}

TEST(GivesBack, AQueueThatIsLeftWithItsItems) {
  const std::size_t before = names_in("/proc/self/fd").size();
  { Queue<int>().put(1); }
  expect_descriptors(before);
  {
    Queue<int> queue;
    queue.put(1);
    queue = Queue<int>();
    queue.put(2);
    EXPECT_EQ(queue.get(), 2);
  }
  expect_descriptors(before);
}

TEST(GivesBack, WhatSynchronises) {
  expect_all_given_back([] {
    const Lock lock;
    const Semaphore semaphore(2);
    const Condition condition;
    const Event event;
    Barrier barrier(1);
    barrier.wait();
  });
}

TEST(GivesBack, SharedMemoryAndLists) {
  expect_all_given_back([] {
    SharedMemory memory = SharedMemory::create(10);
    const SharedMemory other = SharedMemory::attach(memory.name());
    memory.unlink();
    ShareableList list({1, 2});
    list.shm().unlink();
    for (const std::string& name : {memory.name(), list.shm().name()})
      EXPECT_THROW(SharedMemory::attach(name), FileNotFoundError);
  });
}

int doubled(int number) { return 2 * number; }

TEST(GivesBack, APool) {
  expect_all_given_back([] {
    Pool pool(2);
    EXPECT_EQ(pool.map(fn<&doubled>, std::vector{1, 2, 3}), (std::vector{2, 4, 6}));
    pool.close();
    pool.join();
    Pool ended(2);
    ended.terminate();
    ended.join();
  });
}

TEST(GivesBack, AClientWithAnotherKey) {
  Manager manager;
  expect_all_given_back([&] {
    EXPECT_THROW(Manager::connect(manager.address(), AuthenticationKey("another")), AuthenticationError);
  });
}

TEST(GivesBack, AManagerAndTheConnectionsOfItsClients) {
  expect_all_given_back([] {
    Manager manager;
    const auto numbers = manager.list<int>();
    Thread client = in_a_thread([&] { numbers.append(1); });
    client.join();
    EXPECT_EQ(numbers.size(), 1);
  });
}

}  // namespace
}  // namespace mp
