// Threads and slots of the POSIX Os. A thread's end is a futex word that its wrapper sets last, because a
// join needs a deadline and may be asked of several threads at once: the first joiner to find the word set
// takes the thread, the others are told ESRCH. Thread ids count from 1 in each process, as a kernel's could
// be given out again while the record of an unjoined thread is still kept.
#include <pthread.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include <mp/os/posix_os.hpp>
#include <mp/os/posix_os_tasks.hpp>

namespace mp {

namespace {

struct StartedThread {
  PosixOs* os = nullptr;
  ThreadId id = ThreadId::none;
  void (*entry)(void* argument) = nullptr;
  void* argument = nullptr;
  std::string name;
  pthread_t handle{};  // written before the thread is in the table
  Word ended;
};

using ThreadTable = std::map<ThreadId, std::shared_ptr<StartedThread>>;

// Both are immortal: a thread may still run while the program's static objects are destroyed.
std::mutex& table_mutex() {
  static std::mutex* const mutex = new std::mutex;
  return *mutex;
}
ThreadTable& table() {
  static ThreadTable* const threads = new ThreadTable;
  return *threads;
}

std::atomic<std::uint64_t> threads_numbered = 0;
thread_local ThreadId own_id = ThreadId::none;
alignas(std::max_align_t) std::array<std::byte, slot_bytes> own_process_slot{};

/// Says that the thread has ended, also when pthread_exit or a cancellation unwinds it.
class EndTeller {
 public:
  explicit EndTeller(StartedThread& thread) : thread_(thread) {}
  ~EndTeller() {
    thread_.os->store(thread_.ended, 1);
    thread_.os->PosixOs::word_wake(thread_.ended, std::numeric_limits<int>::max());
  }
  EndTeller(const EndTeller&) = delete;
  EndTeller& operator=(const EndTeller&) = delete;

 private:
  StartedThread& thread_;
};

ThreadId next_id() { return ThreadId{threads_numbered.fetch_add(1) + 1}; }

void* run_thread(void* argument) {
  const std::unique_ptr<std::shared_ptr<StartedThread>> holder(
      static_cast<std::shared_ptr<StartedThread>*>(argument));
  StartedThread& thread = **holder;
  own_id = thread.id;
  constexpr std::size_t name_bytes_max = 15;  // the kernel's
  ::pthread_setname_np(::pthread_self(), thread.name.substr(0, name_bytes_max).c_str());
  const OsScope scope(thread.os);
  const EndTeller teller(thread);
  thread.entry(thread.argument);
  return nullptr;
}

std::shared_ptr<StartedThread> find(ThreadId id) {
  const std::lock_guard lock(table_mutex());
  const auto found = table().find(id);
  return found == table().end() ? nullptr : found->second;
}

}  // namespace

Result<ThreadId> PosixOs::start_thread(const ThreadStart& start) {
  auto thread = std::make_shared<StartedThread>();
  thread->os = this;
  thread->id = next_id();
  thread->entry = start.entry;
  thread->argument = start.argument;
  thread->name = start.name;
  auto holder = std::make_unique<std::shared_ptr<StartedThread>>(thread);
  // The table is held until the thread is in it: it may be joined as soon as it runs.
  const std::lock_guard lock(table_mutex());
  if (const int error = ::pthread_create(&thread->handle, nullptr, &run_thread, holder.get()); error != 0) {
    return failure(error);
  }
  static_cast<void>(holder.release());  // the thread's now
  table().emplace(thread->id, thread);
  return thread->id;
}

Result<void> PosixOs::join_thread(ThreadId id, Instant deadline) {
  const std::shared_ptr<StartedThread> thread = find(id);
  if (!thread) return failure(ESRCH);
  if (id == own_id) return failure(EDEADLK);
  while (load(thread->ended) == 0) {
    const Result<void> woken = PosixOs::word_wait(thread->ended, 0, deadline);
    if (!woken && woken.error().value == ETIMEDOUT) return woken;
  }
  {
    const std::lock_guard lock(table_mutex());
    if (table().erase(id) == 0) return failure(ESRCH);
  }
  ::pthread_join(thread->handle, nullptr);  // short: its last words are spoken
  return {};
}

ThreadId PosixOs::thread_id() {
  if (own_id == ThreadId::none) own_id = next_id();
  return own_id;
}

Slot PosixOs::process_slot() { return Slot(own_process_slot); }

namespace posix_tasks {

void hold() { table_mutex().lock(); }

void let_go() { table_mutex().unlock(); }

void forget_parent() {
  table().clear();
  threads_numbered = 0;
  own_id = ThreadId::none;
  std::ranges::fill(detail::thread_slot, std::byte{});
  own_process_slot.fill(std::byte{});
}

}  // namespace posix_tasks

}  // namespace mp
