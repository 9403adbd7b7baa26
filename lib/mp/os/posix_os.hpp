// The real operating system behind the Os page: what lib uses in production, and the world that every
// simulated one is held to. One object serves all threads; it has no state of its own, since what the
// page calls a process or a thread is the kernel's (and posix_os_tasks.cpp keeps the rest per process).
//
// Facts a user may meet: SIGPIPE is ignored in the whole process from the first write on, unless the
// program has chosen another disposition, as CPython does. Descriptors are close-on-exec and never 0, 1 or
// 2. A child reads /dev/null as its standard input (PROC-12). A fork copies only the calling thread, so what
// other threads hold at that moment (malloc's locks excepted) stays held in the child, as everywhere.
//
// Not final: a harness may override annotate. Threads run with the Os that started them.
#pragma once

#include <mp/os/os.hpp>

namespace mp {

class PosixOs : public Os {
 public:
  constexpr PosixOs() : PosixOs(Listening::no) {}

  Result<ProcessId> start_process(const ProcessStart& start) override;
  [[noreturn]] void exit_process(int status) override;
  Result<void> signal_process(ProcessId process, Signal signal) override;
  Result<ProcessEnd> wait_process(ProcessId child, Instant deadline) override;
  Result<Descriptor> open_process(ProcessId process) override;
  Result<ThreadId> start_thread(const ThreadStart& start) override;
  Result<void> join_thread(ThreadId thread, Instant deadline) override;
  ProcessId process_id() override;
  ProcessId parent_process_id() override;
  ThreadId thread_id() override;
  Slot process_slot() override;

  Result<std::pair<Descriptor, Descriptor>> pipe() override;
  Result<std::pair<Descriptor, Descriptor>> socketpair() override;
  Result<std::size_t> read(Descriptor fd, std::span<std::byte> into) override;
  Result<std::size_t> write(Descriptor fd, std::span<const std::byte> bytes) override;
  Result<void> close(Descriptor fd) override;
  Result<Descriptor> duplicate(Descriptor fd) override;
  Result<int> poll(std::span<PollItem> items, Instant deadline) override;

  Result<void> send_descriptor(Descriptor socket, Descriptor passed) override;
  Result<Descriptor> receive_descriptor(Descriptor socket) override;

  Result<Descriptor> listen(SocketAddress address, int backlog) override;
  Result<Descriptor> accept(Descriptor listener, Instant deadline) override;
  Result<Descriptor> connect(SocketAddress address, Instant deadline = never) override;
  Result<Ports> ports(Descriptor socket) override;
  Result<void> make_directory(std::string_view path) override;
  Result<void> remove(std::string_view path) override;
  std::string_view temporary_directory() override;  // $TMPDIR, where it leaves room for a socket's name

  Result<Descriptor> create_segment(std::string_view name, std::size_t bytes) override;
  Result<Descriptor> open_segment(std::string_view name) override;
  Result<void> unlink_segment(std::string_view name) override;
  Result<std::span<std::byte>> map_segment(Descriptor segment) override;
  Result<void> unmap_segment(std::span<std::byte> mapping) override;

  Result<void> word_wait(Word& word, std::uint32_t expected, Instant deadline,
                         ProcessId owner = ProcessId::none) override;
  int word_wake(Word& word, int count) override;

  void load_cell(const void* cell, std::span<std::byte> into) override;
  void store_cell(void* cell, std::span<const std::byte> bytes) override;

  Instant now() override;
  void sleep_until(Instant deadline) override;
  void random_bytes(std::span<std::byte> into) override;

  std::size_t processors() override;
  void call_at_exit(void (*routine)()) override;
  Acknowledgement annotate(const Annotation& annotation) override;

 protected:
  /// For whoever overrides annotate.
  constexpr explicit PosixOs(Listening listening) : Os(listening, Words::in_memory) {}
};

}  // namespace mp
