// Processes as Python's multiprocessing has them: Process is a target with arguments that may be started
// once; ProcessHandle is what one can do with it from then on. What is known about a process lives in a
// record that its creator's ProcessState shares, so a Process may be destroyed while its child runs: the
// exit sequence still waits for the child. Processes as classes with a run() are in process_class.hpp.
//
// Rows met: PROC-01..15 and PROC-17..19. Deviations: terminate() and kill() before start() are
// AssertionErrors (PROC-02 has an AttributeError there); a child whose exit status somebody else took counts
// as having exited with 255. Cured: concurrent joins from several threads all see the exit code (PROC-18); a
// sentinel belongs to the process and is held off by nobody (PROC-16). stop() and resume() are extensions.
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
#include <mp/process/authentication_key.hpp>
#include <mp/process/current_process.hpp>
#include <mp/process/fn.hpp>

namespace mp {

struct ProcessRecord;

struct ProcessOptions {
  std::string_view name = {};                        // empty: "Process-i:j..." by creation counters (PROC-13)
  std::optional<bool> daemon = std::nullopt;         // absent: as the creating process (PROC-08)
  Role role = Role::user;                            // helper: a primitive's own, such as a manager's server
  std::optional<StartMethod> method = std::nullopt;  // absent: the default of the process (context.hpp)
  ObjectId owner = ObjectId::none;                   // for those who watch: the pool that it works for
};

/// A process that this one created. Copies refer to the same process. Any thread of the creator may call;
/// elsewhere join and is_alive throw AssertionError and exitcode is absent (PROC-04). All but name, daemon
/// and authkey throw ValueError once the process was closed (PROC-07).
class ProcessHandle {
 public:
  explicit ProcessHandle(std::shared_ptr<ProcessRecord> record);

  /// Waits for the end for at most `timeout`; says nothing about whether it came (PROC-03).
  /// AssertionError: not started, or not a child of the calling process.
  void join(Timeout timeout = std::nullopt, Location where = Location::current()) const;
  /// Absent while it runs; the exit status (0..255), or -N when signal N killed it (PROC-05).
  std::optional<int> exitcode(Location where = Location::current()) const;
  bool is_alive(Location where = Location::current()) const;
  /// SIGTERM and SIGKILL; nothing on a process that has ended (PROC-06).
  void terminate(Location where = Location::current()) const;
  void kill(Location where = Location::current()) const;
  /// SIGSTOP and SIGCONT: once the first has reached it, and until the second does, the process does nothing.
  /// A terminate() in between takes effect at the second; a kill() does at once. Python has no such calls. As
  /// terminate() otherwise.
  void stop(Location where = Location::current()) const;
  void resume(Location where = Location::current()) const;

  std::optional<ProcessId> pid() const;  // absent before start
  /// A descriptor that is ready in wait() and poll() once the process has ended, until the last handle to the
  /// process is destroyed (PROC-15). ValueError: not started. OSError: the machine refuses.
  Descriptor sentinel() const;
  const std::string& name() const;
  bool daemon() const;
  const AuthenticationKey& authkey() const;
  StartMethod start_method() const;
  ObjectId object() const;

 protected:
  void signal(Verb verb, Signal which, Location where) const;
  std::shared_ptr<ProcessRecord> record_;
};

class Process : public ProcessHandle {
 public:
  /// Takes the arguments now (arguments.hpp); nothing runs before start(). Shared memory that they point to
  /// is kept until then.
  template <auto Target, class... A>
  Process(Fn<Target>, const Arguments<A...>& arguments, ProcessOptions options = {},
          Location where = Location::current())
      : Process(&enter<Target>, options, where) {
    Encoder encoder(Crossing::birth, start_method());
    detail::encode_arguments<Target>(encoder, arguments);
    take_arguments(encoder);
  }
  template <auto Target>
  explicit Process(Fn<Target> target, ProcessOptions options = {}, Location where = Location::current())
      : Process(target, Arguments<>(), options, where) {}

  Process(Process&&) noexcept = default;
  Process& operator=(Process&&) noexcept = default;
  virtual ~Process() = default;

  /// AssertionError: a second time, in another process than the creator's, or in a daemonic process
  /// (PROC-01, PROC-08). ValueError: closed, or a handle that is an argument has been closed or destroyed
  /// meanwhile. OSError: the machine refuses; start may then be called again.
  void start(Location where = Location::current());
  /// AssertionError once started (PROC-08).
  void set_daemon(bool daemon, Location where = Location::current());
  /// What the child will have for its key; after the start it changes nothing there (AUTH-08).
  void set_authkey(AuthenticationKey key);
  /// Gives the process up: every later call but name, daemon and authkey throws ValueError. ValueError while
  /// it runs; a second time does nothing (PROC-07).
  void close(Location where = Location::current());

 protected:
  using Entry = int (*)(std::span<const std::byte>);
  using Call = void (*)(Decoder&);

  /// Without arguments so far. In a child that is making the object of `entry` anew: a handle of the child to
  /// itself.
  Process(Entry entry, const ProcessOptions& options, Location where);

  /// Called by start(), once, when nothing forbids it any more.
  virtual void encode_arguments(Encoder&) {}
  /// The whole life of a child; gives its exit status.
  static int run_child(std::span<const std::byte> payload, Call call);
  /// The next Process with this entry that the calling task constructs is itself.
  static void expect_itself(Entry entry);

 private:
  template <auto Target>
  static int enter(std::span<const std::byte> payload) {
    return run_child(payload, &detail::call_with_arguments<Target>);
  }
  void take_arguments(Encoder& encoder);

  Entry entry_ = nullptr;
  bool has_arguments_ = false;
  Bytes arguments_;
  Belongings belongings_;
};

/// The started children of the calling process that have not ended, oldest first; reaps those that have
/// (PROC-14).
std::vector<ProcessHandle> active_children(Location where = Location::current());

}  // namespace mp
