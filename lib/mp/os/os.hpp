// All that a primitive may ask of an operating system, on one page. The Os is owned by lib: POSIX by
// default (posix_os.hpp), a simulated kernel inside a simulated execution. It is the only door to
// processes, descriptors, shared words, time and chance.
//
// What always holds: no call throws; every call is a place where another task may run, be delayed or
// die (annotate, the slots and the ids excepted); the code between two calls is one step. A blocking
// call whose deadline has passed fails with ETIMEDOUT after trying once; `never` waits for ever.
// A process killed in a call leaves the call's effect either wholly done or not begun.
//
// read, write, poll, accept, connect, send_descriptor, receive_descriptor and wait_process may fail with
// EINTR when they would sleep (poll: when nothing is ready), having done nothing: the caller asks again
// (uninterrupted.hpp). An interrupted word_wait counts as woken; all other calls go on by themselves. A
// machine that has no room says so: EMFILE by what makes a descriptor, EAGAIN by start_process, ENOSPC by
// create_segment, make_directory and listen at a file. Then nothing has been made.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include <mp/os/annotation.hpp>
#include <mp/os/result.hpp>
#include <mp/os/socket_address.hpp>
#include <mp/os/time.hpp>
#include <mp/os/word.hpp>

namespace mp {

enum class ProcessId : std::int32_t { none = 0 };
enum class ThreadId : std::uint64_t { none = 0 };
using Descriptor = int;

/// SIGTERM with its default action, SIGKILL, SIGSTOP, SIGCONT.
enum class Signal : std::uint8_t { terminate, kill, stop, resume };

/// How a process ended: exit(status), or killed by a signal number. Exactly one is meaningful.
struct ProcessEnd {
  int status = 0;  // 0..255
  int signal = 0;  // 0: exited by itself
};

/// Is a task the user's own, or one that a primitive runs for itself (a feeder, a server thread)?
enum class Role : std::uint8_t { user, helper };

/// How a child comes to its descriptors and memory. fork: a copy of all its parent has. spawn: a fresh
/// program of the same image, which has the descriptors named for it and maps nothing yet.
enum class StartMethod : std::uint8_t { fork, spawn };

/// A child: it gets its descriptors with their numbers kept, zeroed slots, and runs entry(payload) on its
/// only thread; what entry returns is its exit status. The payload is copied.
struct ProcessStart {
  std::string_view name;
  bool daemon = false;
  Role role = Role::user;
  StartMethod method = StartMethod::fork;
  int (*entry)(std::span<const std::byte> payload) = nullptr;  // a function of the image, for spawn too
  std::span<const std::byte> payload = {};
  std::span<const Descriptor> descriptors = {};  // spawn: what the child has besides the standard three
  ObjectId object = ObjectId::none;              // the Process object, for those who watch
};

/// A thread of the calling process, running entry(argument).
struct ThreadStart {
  std::string_view name;
  bool daemon = false;
  Role role = Role::user;
  void (*entry)(void* argument) = nullptr;
  void* argument = nullptr;
  ObjectId object = ObjectId::none;
};

struct PollItem {
  Descriptor fd = -1;
  bool ready = false;  // out: a read would not block (data, end of file or an error)
};

/// Zero-filled storage that belongs to one process or one task and dies with it.
inline constexpr std::size_t slot_bytes = 512;
using Slot = std::span<std::byte, slot_bytes>;

namespace detail {
/// The slot of a task that is an OS thread. Here, so that reaching it costs no call.
alignas(std::max_align_t) extern constinit thread_local std::byte thread_slot[slot_bytes];
}  // namespace detail

class Os {
 public:
  virtual ~Os() = default;

  // Processes and threads. wait_process reaps: a second wait for the same child fails with ECHILD.
  virtual Result<ProcessId> start_process(const ProcessStart& start) = 0;
  [[noreturn]] virtual void exit_process(int status) = 0;  // at once: no destructor, no finalizer
  virtual Result<void> signal_process(ProcessId process, Signal signal) = 0;  // ESRCH when reaped
  virtual Result<ProcessEnd> wait_process(ProcessId child, Instant deadline) = 0;
  // A descriptor that is ready in poll once the process has ended, whoever's child it is. ESRCH: no such
  // process, or reaped already.
  virtual Result<Descriptor> open_process(ProcessId process) = 0;
  virtual Result<ThreadId> start_thread(const ThreadStart& start) = 0;
  virtual Result<void> join_thread(ThreadId thread, Instant deadline) = 0;  // ESRCH when joined before
  virtual ProcessId process_id() = 0;
  virtual ProcessId parent_process_id() = 0;
  virtual ThreadId thread_id() = 0;
  virtual Slot process_slot() = 0;
  Slot task_slot() { return in_memory_ ? Slot(detail::thread_slot) : slot_of_task(); }

  // Descriptors. read and write block until at least one byte moved, and may move fewer than they could; read
  // gives 0 at end of file; write to a reader-less pipe fails with EPIPE, never with a signal. Writes of at
  // most 4096 bytes to a pipe are atomic. A peer that closes a socket with bytes unread resets it: once what
  // it sent is read, one call fails with ECONNRESET before the end of file, or the write that waits then;
  // over TCP any write does, and after an orderly close there one write goes nowhere before the next fails
  // with EPIPE.
  virtual Result<std::pair<Descriptor, Descriptor>> pipe() = 0;  // (read end, write end)
  virtual Result<std::pair<Descriptor, Descriptor>> socketpair() = 0;
  virtual Result<std::size_t> read(Descriptor fd, std::span<std::byte> into) = 0;
  virtual Result<std::size_t> write(Descriptor fd, std::span<const std::byte> bytes) = 0;
  virtual Result<void> close(Descriptor fd) = 0;
  virtual Result<Descriptor> duplicate(Descriptor fd) = 0;
  virtual Result<int> poll(std::span<PollItem> items, Instant deadline) = 0;  // 0 ready: never; ETIMEDOUT
  // A descriptor through a connected unix socket, with one byte of the stream for company. The receiver gets
  // a copy of its own. ENOTSOCK through a pipe, EOPNOTSUPP over TCP; receiving gives ENODATA at end of file,
  // EBADMSG when the next byte brings no descriptor, also because the receiver has no room for one.
  virtual Result<void> send_descriptor(Descriptor socket, Descriptor passed) = 0;
  virtual Result<Descriptor> receive_descriptor(Descriptor socket) = 0;

  // Listeners. EADDRINUSE when the address is taken, by a file too: a unix socket's file outlives its
  // listener until it is removed. connect: ENOENT without a file, ECONNREFUSED when nobody listens; while
  // more than `backlog` callers are not accepted yet, it waits. Whoever is not accepted when the listener
  // closes is reset. Accepted connections live on.
  virtual Result<Descriptor> listen(SocketAddress address, int backlog) = 0;
  virtual Result<Descriptor> accept(Descriptor listener, Instant deadline) = 0;
  virtual Result<Descriptor> connect(SocketAddress address, Instant deadline = never) = 0;
  virtual Result<Ports> ports(Descriptor socket) = 0;              // ENOTSOCK
  virtual Result<void> make_directory(std::string_view path) = 0;  // for its owner alone. EEXIST, ENOENT
  virtual Result<void> remove(std::string_view path) = 0;  // a file or an empty directory. ENOENT, ENOTEMPTY
  virtual std::string_view temporary_directory() { return "/tmp"; }  // no switch point

  // Shared memory: a zero-filled segment of a fixed size is named by a descriptor, and while linked by a name
  // of at most 200 letters without '/'; it is there while a descriptor, a mapping or a name is. EEXIST,
  // ENOENT.
  virtual Result<Descriptor> create_segment(std::string_view name, std::size_t bytes) = 0;  // "": no name
  virtual Result<Descriptor> open_segment(std::string_view name) = 0;
  virtual Result<void> unlink_segment(std::string_view name) = 0;
  virtual Result<std::span<std::byte>> map_segment(Descriptor segment) = 0;  // all of it, for its forks too
  virtual Result<void> unmap_segment(std::span<std::byte> mapping) = 0;

  // Words. compare_exchange gives the value found: equal to expected when it stored. word_wait sleeps while
  // the word equals expected: EAGAIN when it does not, ETIMEDOUT, or woken (also spuriously). With an owner
  // it ends unwoken too, at the latest some milliseconds after that process has ended (EOWNERDEAD) or the
  // word has another value.
  std::uint32_t load(const Word& word) { return in_memory_ ? atomic(word).load() : load_word(word); }
  void store(Word& word, std::uint32_t value) {
    in_memory_ ? atomic(word).store(value) : store_word(word, value);
  }
  std::uint32_t exchange(Word& word, std::uint32_t value) {
    return in_memory_ ? atomic(word).exchange(value) : exchange_word(word, value);
  }
  std::uint32_t compare_exchange(Word& word, std::uint32_t expected, std::uint32_t desired) {
    if (!in_memory_) return compare_exchange_word(word, expected, desired);
    atomic(word).compare_exchange_strong(expected, desired);
    return expected;
  }
  std::uint32_t fetch_add(Word& word, std::uint32_t addend) {  // wraps; gives the old value
    return in_memory_ ? atomic(word).fetch_add(addend) : fetch_add_word(word, addend);
  }
  virtual Result<void> word_wait(Word& word, std::uint32_t expected, Instant deadline,
                                 ProcessId owner = ProcessId::none) = 0;
  virtual int word_wake(Word& word, int count) = 0;  // how many were woken

  // Cells: plain bytes of shared data, copied out and in. No order, no atomicity beyond one byte.
  virtual void load_cell(const void* cell, std::span<std::byte> into) = 0;
  virtual void store_cell(void* cell, std::span<const std::byte> bytes) = 0;

  // Time and chance.
  virtual Instant now() = 0;
  virtual void sleep_until(Instant deadline) = 0;
  virtual void random_bytes(std::span<std::byte> into) = 0;

  /// How many tasks can run at a time; at least 1. The same at every call. Not a switch point.
  virtual std::size_t processors() { return 4; }

  /// Has `routine` called when the program returns from main in the calling process; nothing in a world
  /// that ends its main processes in good order by itself. Not a switch point; once per process is enough.
  virtual void call_at_exit([[maybe_unused]] void (*routine)()) {}

  // What the primitive is doing, in its own words (annotation.hpp). Where nobody listens a primitive need not
  // speak, which is most of what an uncontended lock would cost.
  virtual Acknowledgement annotate(const Annotation& annotation) = 0;
  bool is_listening() const { return is_listening_; }

 protected:
  enum class Listening : std::uint8_t { no, yes };
  /// Where words live: in memory alone, where their operations are the machine's atomic ones and cost no
  /// call, and each task is an OS thread; or with an Os that decides about each access and each task.
  enum class Words : std::uint8_t { in_memory, decided };
  constexpr explicit Os(Listening listening = Listening::yes, Words words = Words::decided)
      : is_listening_(listening == Listening::yes), in_memory_(words == Words::in_memory) {}

 private:
  // An Os that decides overrides these six.
  virtual Slot slot_of_task() { return Slot(detail::thread_slot); }
  virtual std::uint32_t load_word(const Word& word) { return atomic(word).load(); }
  virtual void store_word(Word& word, std::uint32_t value) { atomic(word).store(value); }
  virtual std::uint32_t exchange_word(Word& word, std::uint32_t value) {
    return atomic(word).exchange(value);
  }
  virtual std::uint32_t compare_exchange_word(Word& word, std::uint32_t expected, std::uint32_t desired) {
    atomic(word).compare_exchange_strong(expected, desired);
    return expected;
  }
  virtual std::uint32_t fetch_add_word(Word& word, std::uint32_t addend) {
    return atomic(word).fetch_add(addend);
  }

  // atomic_ref wants an object that is not const even to load from it.
  static std::atomic_ref<std::uint32_t> atomic(const Word& word) {
    return std::atomic_ref<std::uint32_t>(const_cast<Word&>(word).value);
  }

  const bool is_listening_;
  const bool in_memory_;
};

namespace detail {
extern constinit thread_local Os* current_os;  // never null
}

/// The calling task's Os: POSIX unless a harness has installed another for this OS thread.
inline Os& os() { return *detail::current_os; }

/// Makes `other` this OS thread's Os until the scope ends; nullptr stands for the default.
class OsScope {
 public:
  explicit OsScope(Os* other);
  ~OsScope();
  OsScope(const OsScope&) = delete;
  OsScope& operator=(const OsScope&) = delete;

 private:
  Os* previous_;
};

/// A new mapping of at least this many bytes that this process and its later forks share, without a name.
Result<std::span<std::byte>> map_shared(Os& os, std::size_t bytes);

/// The deadline of a wait that starts now. Absent: never. Zero, negative: immediately. Otherwise now
/// plus the timeout, clamped to `never`.
Instant deadline_after(Os& os, Timeout timeout);

}  // namespace mp
