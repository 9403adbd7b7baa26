// What a process can ask about itself and do to itself: its name, its parent, its key, to sleep, to end. None
// of it needs a Process object; a main process has none.
//
// Rows met: PROC-04 (the part about oneself), PROC-05, PROC-14, AUTH-08.
#pragma once

#include <chrono>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>

#include <mp/codec/codec.hpp>
#include <mp/errors.hpp>
#include <mp/os/os.hpp>
#include <mp/process/authentication_key.hpp>

namespace mp {

/// The process that calls.
struct CurrentProcess {
  std::string name() const;  // "MainProcess" where nobody started it as a Process
  ProcessId pid() const;
  bool daemon() const;
  bool is_alive() const { return true; }
  std::optional<int> exitcode() const { return std::nullopt; }  // who asks has not ended
  ObjectId object() const;
  /// 32 random bytes in a main process, the parent's in a child, until it is set (AUTH-08).
  AuthenticationKey authkey() const;
  /// For this process from now on, and for the Process objects it makes from now on.
  void set_authkey(AuthenticationKey key) const;
};
CurrentProcess current_process();

/// Who started the calling process. Copies are of the same process; any thread may ask.
class ParentProcess {
 public:
  ParentProcess(ProcessId pid, std::string name, ObjectId object);

  ProcessId pid() const { return pid_; }
  const std::string& name() const { return name_; }
  bool is_alive(Location where = Location::current()) const;
  /// Waits until it has ended, for at most `timeout`; says nothing about whether it came. A parent that waits
  /// for the caller at the same time waits for ever.
  void join(Timeout timeout = std::nullopt, Location where = Location::current()) const;

 private:
  bool has_ended_by(Os& os, Instant deadline) const;

  ProcessId pid_;
  std::string name_;
  ObjectId object_;  // the parent's own Process object; none for a main process
};

/// Absent in a main process (PROC-14).
std::optional<ParentProcess> parent_process();

/// Sleeps for at least `duration`. ValueError if it is negative.
void sleep(std::chrono::duration<double> duration, Location where = Location::current());

/// Ends the calling thread's target, and in the first thread of a child the process: throws SystemExit,
/// whose status counts modulo 256 (PROC-05). nullopt stands for None: 0. With words they go to descriptor 2
/// and the status is 1.
[[noreturn]] void exit(int status = 0);
[[noreturn]] void exit(std::nullopt_t);
[[noreturn]] void exit(std::string_view words);

/// Any other value is written to descriptor 2 as a report would show it, and the status is 1.
template <class T>
requires(!std::integral<T> && !std::convertible_to<const T&, std::string_view> &&
         requires(const T& value) { codec<T>::describe(value); }) [[noreturn]] void exit(const T& value) {
  exit(std::string_view(describe(value)));
}

/// Ends the calling process at once: no destructor, no exit sequence, nothing flushed (os._exit). The status
/// counts modulo 256.
[[noreturn]] void exit_now(int status);

}  // namespace mp
