// What stands in each process of a host run between the program and the POSIX Os: a PosixOs that passes on
// what primitives say about themselves as far as the harness can use it, and the program's session. It
// schedules nothing and changes the result of no call.
#pragma once

#include <atomic>

#include <heddle/core/session.hpp>
#include <heddle/worlds/host/message.hpp>
#include <mp/os/posix_os.hpp>

namespace heddle::host {

/// The writing end of the pipe to the harness. Any thread of any process of the run may send.
class Reporter {
 public:
  explicit Reporter(int fd) : fd_(fd) {}
  /// Whoever cannot report (the pipe is gone) is past being watched: nothing happens.
  void send(Message message) const;

 private:
  int fd_;
};

class HostOs final : public mp::PosixOs {
 public:
  /// `objects` counts objects over all processes of the run; it lies in memory that they share.
  HostOs(const Reporter& reporter, std::atomic<std::uint32_t>& objects)
      : PosixOs(Listening::yes), reporter_(reporter), objects_(objects) {}

  mp::Result<mp::ProcessId> start_process(const mp::ProcessStart& start) override;
  mp::Result<mp::ProcessEnd> wait_process(mp::ProcessId child, mp::Instant deadline) override;
  mp::Result<mp::ThreadId> start_thread(const mp::ThreadStart& start) override;
  mp::Acknowledgement annotate(const mp::Annotation& annotation) override;

 private:
  mp::Acknowledgement create(const mp::Annotation& annotation);
  void begin(const mp::Annotation& annotation);

  const Reporter& reporter_;
  std::atomic<std::uint32_t>& objects_;
};

class HostSession final : public Session {
 public:
  HostSession(const Reporter& reporter, std::uint64_t seed) : reporter_(reporter), seed_(seed) {}

  void outcome(std::string_view text) override;
  /// Nobody asks: a real run sees what it happens to.
  void label(std::string_view, LabelUse) override {}
  /// By chance: each execution of a host run takes one alternative.
  std::uint32_t choose(std::uint32_t count) override;
  /// Does not return: the harness ends the run when it hears of it.
  [[noreturn]] void fail(std::string_view words, mp::Location where) override;
  /// Nobody stands between the steps of a real run.
  WatchId watch(const Statement&) override { return 0; }
  void unwatch(WatchId) override {}

 private:
  const Reporter& reporter_;
  std::uint64_t seed_;
  std::atomic<std::uint64_t> choices_ = 0;
};

/// The calling task by name: "main", "worker-1", "worker-1/Thread-1".
std::string own_name();

}  // namespace heddle::host
