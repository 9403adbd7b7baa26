// Processes as Python's multiprocessing has them: Process is a target with arguments that may be started
// once; ProcessHandle is what one can do with it from then on. What is known about a process lives in a
// record that its creator's ProcessState shares, so a Process may be destroyed while its child runs: the
// exit sequence still waits for the child.
//
// Rows met: PROC-01..15 and PROC-17..19 except `sentinel` (not offered: the Os has no descriptor for a
// process). Deviations: terminate() and kill() before start() are AssertionErrors (PROC-02 has an
// AttributeError there); a child whose exit status somebody else took counts as having exited with 255;
// concurrent joins from several threads all see the exit code (the hazard PROC-18 is cured).
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <mp/codec/codec.hpp>
#include <mp/errors.hpp>
#include <mp/os/os.hpp>
#include <mp/process/arguments.hpp>
#include <mp/process/current_process.hpp>
#include <mp/process/fn.hpp>

namespace mp {

struct ProcessRecord;

struct ProcessOptions {
  std::string_view name = {};                 // empty: "Process-i:j..." by creation counters (PROC-13)
  std::optional<bool> daemon = std::nullopt;  // absent: as the creating process (PROC-08)
  Role role = Role::user;                     // helper: a primitive's own, such as a manager's server
};

/// A process that this one created. Copies refer to the same process. Any thread of the creator may call;
/// elsewhere join and is_alive throw AssertionError and exitcode is absent (PROC-04).
class ProcessHandle {
 public:
  explicit ProcessHandle(std::shared_ptr<ProcessRecord> record);

  /// Waits for the end for at most `timeout`; says nothing about whether it came (PROC-03).
  /// AssertionError: not started, or not a child of the calling process. ValueError: closed.
  void join(Timeout timeout = std::nullopt, Location where = Location::current()) const;
  /// Absent while it runs; the exit status (0..255), or -N when signal N killed it (PROC-05).
  std::optional<int> exitcode(Location where = Location::current()) const;
  bool is_alive(Location where = Location::current()) const;
  /// SIGTERM and SIGKILL; nothing on a process that has ended (PROC-06).
  void terminate(Location where = Location::current()) const;
  void kill(Location where = Location::current()) const;

  std::optional<ProcessId> pid() const;  // absent before start; ValueError when closed
  const std::string& name() const;
  bool daemon() const;
  ObjectId object() const;

 protected:
  void signal(Verb verb, Signal which, Location where) const;
  std::shared_ptr<ProcessRecord> record_;
};

class Process : public ProcessHandle {
 public:
  /// Takes the arguments now (arguments.hpp); nothing runs before start().
  template <auto Target, class... A>
  Process(Fn<Target>, const Arguments<A...>& arguments, ProcessOptions options = {},
          Location where = Location::current())
      : Process(&enter<Target>, encode<Target>(arguments), options, where) {}
  template <auto Target>
  explicit Process(Fn<Target> target, ProcessOptions options = {}, Location where = Location::current())
      : Process(target, Arguments<>(), options, where) {}

  Process(Process&&) noexcept = default;
  Process& operator=(Process&&) noexcept = default;
  ~Process() = default;

  /// AssertionError: a second time, in another process than the creator's, or in a daemonic process
  /// (PROC-01, PROC-08). OSError: the machine refuses; start may then be called again.
  void start(Location where = Location::current());
  /// AssertionError once started (PROC-08).
  void set_daemon(bool daemon, Location where = Location::current());
  /// Gives the process up: every later call but name and daemon throws ValueError. ValueError while it
  /// runs; a second time does nothing (PROC-07).
  void close(Location where = Location::current());

 private:
  using Entry = int (*)(std::span<const std::byte>);
  using Call = void (*)(Decoder&);

  Process(Entry entry, Bytes arguments, const ProcessOptions& options, Location where);

  template <auto Target, class... A>
  static Bytes encode(const Arguments<A...>& arguments) {
    Encoder encoder(Crossing::birth);
    detail::encode_arguments<Target>(encoder, arguments);
    return encoder.take();
  }
  template <auto Target>
  static int enter(std::span<const std::byte> payload) {
    return run_child(payload, &detail::call_with_arguments<Target>);
  }
  /// The whole life of a child; gives its exit status.
  static int run_child(std::span<const std::byte> payload, Call call);

  Entry entry_ = nullptr;
  Bytes arguments_;
};

/// The started children of the calling process that have not ended, oldest first; reaps those that have
/// (PROC-14).
std::vector<ProcessHandle> active_children(Location where = Location::current());

}  // namespace mp
