// The Os of whoever looks at the state between two steps: words and cells are as the tasks have left them,
// and nothing that is done here is seen by any task, is a choice, or is an operation for an oracle. What a
// primitive writes in order to read, as a Value does that takes its lock, is kept aside and forgotten.
//
// That a predicate depends on a word or a cell is noted as a read by the current task: the order of writes to
// different things may matter to a predicate over both.
#pragma once

#include <array>
#include <cstring>
#include <string_view>

#include <heddle/core/session.hpp>
#include <heddle/worlds/sim/scheduler.hpp>

namespace heddle::sim {

/// It would have to wait for a task: the state cannot be looked at now.
struct Occupied {};
/// It would do more than look.
struct Refused {
  std::string_view call;
};

class LookingOs final : public mp::Os, public Session {
 public:
  explicit LookingOs(Scheduler& scheduler) : mp::Os(Listening::no), scheduler_(scheduler) {}

  /// What was kept aside is forgotten.
  void begin();

  mp::Result<mp::ProcessId> start_process(const mp::ProcessStart&) override { refuse("start()"); }
  [[noreturn]] void exit_process(int) override { refuse("exit()"); }
  mp::Result<void> signal_process(mp::ProcessId, mp::Signal) override { refuse("kill()"); }
  mp::Result<mp::ProcessEnd> wait_process(mp::ProcessId, mp::Instant) override { refuse("join()"); }
  mp::Result<mp::Descriptor> open_process(mp::ProcessId) override { refuse("sentinel()"); }
  mp::Result<mp::ThreadId> start_thread(const mp::ThreadStart&) override { refuse("start()"); }
  mp::Result<void> join_thread(mp::ThreadId, mp::Instant) override { refuse("join()"); }
  mp::ProcessId process_id() override;
  mp::ProcessId parent_process_id() override { return process_id(); }
  mp::ThreadId thread_id() override { refuse("thread_id()"); }
  mp::Slot process_slot() override { return mp::Slot(process_slot_); }

  mp::Result<std::pair<mp::Descriptor, mp::Descriptor>> pipe() override { refuse("pipe()"); }
  mp::Result<std::pair<mp::Descriptor, mp::Descriptor>> socketpair() override { refuse("pipe()"); }
  mp::Result<std::size_t> read(mp::Descriptor, std::span<std::byte>) override { refuse("read()"); }
  mp::Result<std::size_t> write(mp::Descriptor, std::span<const std::byte>) override { refuse("write()"); }
  mp::Result<void> close(mp::Descriptor) override { refuse("close()"); }
  mp::Result<mp::Descriptor> duplicate(mp::Descriptor) override { refuse("dup()"); }
  mp::Result<int> poll(std::span<mp::PollItem>, mp::Instant) override { refuse("poll()"); }
  mp::Result<void> send_descriptor(mp::Descriptor, mp::Descriptor) override { refuse("send()"); }
  mp::Result<mp::Descriptor> receive_descriptor(mp::Descriptor) override { refuse("recv()"); }
  mp::Result<mp::Descriptor> listen(mp::SocketAddress, int) override { refuse("listen()"); }
  mp::Result<mp::Descriptor> accept(mp::Descriptor, mp::Instant) override { refuse("accept()"); }
  mp::Result<mp::Descriptor> connect(mp::SocketAddress, mp::Instant) override { refuse("connect()"); }
  mp::Result<mp::Ports> ports(mp::Descriptor) override { refuse("ports()"); }
  mp::Result<void> make_directory(std::string_view) override { refuse("mkdir()"); }
  mp::Result<void> remove(std::string_view) override { refuse("remove()"); }

  mp::Result<mp::Descriptor> create_segment(std::string_view, std::size_t) override { refuse("new memory"); }
  mp::Result<mp::Descriptor> open_segment(std::string_view) override { refuse("new memory"); }
  mp::Result<void> unlink_segment(std::string_view) override { refuse("unlink()"); }
  mp::Result<std::span<std::byte>> map_segment(mp::Descriptor) override { refuse("new memory"); }
  mp::Result<void> unmap_segment(std::span<std::byte>) override { refuse("close()"); }
  mp::Slot slot_of_task() override { return mp::Slot(task_slot_); }
  std::uint32_t load_word(const mp::Word& word) override;
  void store_word(mp::Word& word, std::uint32_t value) override;
  std::uint32_t exchange_word(mp::Word& word, std::uint32_t value) override;
  std::uint32_t compare_exchange_word(mp::Word& word, std::uint32_t expected, std::uint32_t desired) override;
  std::uint32_t fetch_add_word(mp::Word& word, std::uint32_t addend) override;
  mp::Result<void> word_wait(mp::Word& word, std::uint32_t expected, mp::Instant deadline,
                             mp::ProcessId owner) override;
  int word_wake(mp::Word&, int) override { return 0; }
  void load_cell(const void* cell, std::span<std::byte> into) override;
  void store_cell(void*, std::span<const std::byte>) override { refuse("a store"); }

  mp::Instant now() override { return scheduler_.now(); }
  void sleep_until(mp::Instant) override { refuse("sleep()"); }
  void random_bytes(std::span<std::byte>) override { refuse("random bytes"); }
  mp::Acknowledgement annotate(const mp::Annotation&) override { return {}; }

  void outcome(std::string_view) override { refuse("heddle::outcome()"); }
  void label(std::string_view, LabelUse) override { refuse("heddle::reached()"); }
  std::uint32_t choose(std::uint32_t) override { refuse("heddle::choose()"); }
  void fail(std::string_view, mp::Location) override { refuse("heddle::check()"); }
  WatchId watch(const Statement&) override { refuse("heddle::always()"); }
  void unwatch(WatchId) override {}
  void specify(const Specification&) override { refuse("heddle::linearizable()"); }
  CallId call_begun(const ToldCall&) override { refuse("heddle::record()"); }

 private:
  [[noreturn]] static void refuse(std::string_view call) { throw Refused{call}; }

  struct Kept {
    const mp::Word* word = nullptr;
    std::uint32_t value = 0;
  };
  Kept* find(const mp::Word& word);

  Scheduler& scheduler_;
  std::array<Kept, 16> kept_{};
  std::size_t kept_count_ = 0;
  alignas(16) std::array<std::byte, mp::slot_bytes> process_slot_{};
  alignas(16) std::array<std::byte, mp::slot_bytes> task_slot_{};
};

}  // namespace heddle::sim
