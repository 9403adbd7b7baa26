// What a process can ask about itself and do to itself: its name, its parent, to sleep, to end. None of it
// needs a Process object; a main process has none.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <mp/errors.hpp>
#include <mp/os/os.hpp>

namespace mp {

/// The process that calls.
struct CurrentProcess {
  std::string name() const;  // "MainProcess" where nobody started it as a Process
  ProcessId pid() const;
  bool daemon() const;
  bool is_alive() const { return true; }
  ObjectId object() const;
};
CurrentProcess current_process();

/// Who started the calling process; absent in a main process (PROC-14).
struct ParentProcess {
  ProcessId pid = ProcessId::none;
  std::string name;
};
std::optional<ParentProcess> parent_process();

/// Sleeps for at least `duration`. ValueError if it is negative.
void sleep(std::chrono::duration<double> duration, Location where = Location::current());

/// Ends the calling thread's target, and in the first thread of a child the process: throws SystemExit,
/// whose status counts modulo 256 (PROC-05). With words: they go to descriptor 2 and the status is 1.
[[noreturn]] void exit(int status = 0);
[[noreturn]] void exit(std::string_view words);

}  // namespace mp
