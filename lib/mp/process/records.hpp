// What a process knows of the children and threads that it created. A record is shared by the object the
// user holds and, from start to known end, by the ProcessState's list: so the object may be destroyed
// while its child runs. For lib/mp/process alone.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <mp/os/os.hpp>
#include <mp/process/authentication_key.hpp>
#include <mp/process/ending.hpp>
#include <mp/process/sentinel.hpp>
#include <mp/process/state.hpp>
#include <mp/process/thread.hpp>

namespace mp {

/// While a thread is at start(), no other starts or closes the process.
enum class ProcessPhase : std::uint8_t { made, starting, started, closed };

struct ProcessRecord {
  std::string name;
  std::string path;  // creation counters, "1:2"
  bool daemon = false;
  Role role = Role::user;
  StartMethod method = StartMethod::fork;
  ObjectId object = ObjectId::none;
  ProcessId creator = ProcessId::none;
  ProcessId pid = ProcessId::none;  // none until started
  std::atomic<ProcessPhase> phase = ProcessPhase::made;
  AuthenticationKey authkey;
  // Shared memory that the child was given: kept from start to known end, so that a block whose handles are
  // gone here is nobody else's while the child uses it.
  std::vector<std::shared_ptr<const void>> memory;
  detail::Ending ending;
  detail::Sentinel sentinel;
};

struct ThreadRecord : std::enable_shared_from_this<ThreadRecord> {
  std::string name;
  bool daemon = false;
  std::atomic<bool> started = false;  // by a start() that may not have come back
  Role role = Role::user;
  ObjectId object = ObjectId::none;
  std::atomic<ThreadId> id = ThreadId::none;     // none until it runs, or its start() has come back
  std::unique_ptr<detail::ThreadTarget> target;  // null once it has run
  detail::Ending ending;
};

namespace detail {

/// Waits for the end of a started child, at the latest until the deadline, and takes it off the list.
Result<ProcessEnd> await_process(Os& os, const std::shared_ptr<ProcessRecord>& record, Instant deadline);
Result<ProcessEnd> await_thread(Os& os, const std::shared_ptr<ThreadRecord>& record, Instant deadline);

/// Puts a started one on the list, and waits (without blocking) for those that ended unnoticed and whose
/// objects are gone: nobody else will, before the exit sequence.
void enlist(Os& os, const std::shared_ptr<ProcessRecord>& record);
void enlist(Os& os, const std::shared_ptr<ThreadRecord>& record);

/// The lists as they are now, oldest first, without asking the Os.
std::vector<std::shared_ptr<ProcessRecord>> listed_children(Os& os);
std::vector<std::shared_ptr<ThreadRecord>> listed_threads(Os& os);

}  // namespace detail
}  // namespace mp
