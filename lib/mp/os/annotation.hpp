// What a primitive tells its Os about itself, in its own words. A production Os ignores all of it; a
// simulated one builds histories, clocks and findings from it. An annotation never blocks, fails or
// switches tasks, and no primitive may behave differently because of what it returns.
#pragma once

#include <cstdint>
#include <string_view>

#include <mp/os/location.hpp>

namespace mp {

/// Names an object (a lock, a queue, one end of a pipe) for the Os that handed the number out; the
/// same in every process that holds the object. Zero where nobody watches.
enum class ObjectId : std::uint32_t { none = 0 };

/// Names one operation in progress, so that what travels through a buffer or a server can be traced
/// back to the call that sent it. Zero where nobody watches.
enum class Stamp : std::uint32_t { none = 0 };

enum class ObjectKind : std::uint8_t {
  none,
  process,
  thread,
  lock,
  semaphore,
  condition,
  connection,
  listener,
  queue,
  joinable_queue,
  value,
  manager,
  dict,
  list,
  name_space,
  managed_value,
  managed_array,
  managed_object,  // of a class of the program's own
  feeder,
  event,
  barrier,
  simple_queue,
  array,
  shared_memory,
  pool,
  async_result,  // of one job of a pool; related: the pool
};

enum class Verb : std::uint8_t {
  none,
  start,
  join,
  terminate,
  kill,
  exitcode,
  is_alive,
  finish,  // the exit sequence of a process
  acquire,
  release,
  wait,
  notify,
  notify_all,
  send,
  recv,
  poll,
  close,
  accept,
  connect,
  put,
  get,
  task_done,
  qsize,
  empty,
  full,
  join_thread,
  load,    // read the whole of a value, or one part of a container
  store,   // write it
  update,  // read and write it in one indivisible request
  call,    // a method of the program's own
  sleep,
  feed,   // helper: a feeder takes the next item of its buffer
  serve,  // helper: a server takes the next request
  set,
  clear,
  is_set,
  abort,
  reset,
  get_value,
  stop,    // SIGSTOP
  resume,  // SIGCONT
  unlink,
  set_daemon,
  broken,
  n_waiting,
  apply,
  apply_async,
  map,
  map_async,
  starmap,
  starmap_async,
  imap,
  imap_unordered,
  next,
  ready,
  successful,
  take,     // a worker takes its next task, a callback's thread the job that it is for
  hand_in,  // it says how that went
};

enum class Access : std::uint8_t { load, store, update };

/// One thing that a primitive says. Text views need only live as long as the call. Of shared memory,
/// `created` has as its part what all handles of one segment have in common, and as its number 1 if the
/// segment is new, 0 if it was attached to; `accessed` has as its part the first byte, and as its number how
/// many.
struct Annotation {
  enum class Kind : std::uint8_t {
    created,   // object of kind object_kind now exists; text: its name or empty
    held,      // the calling process got a handle to object
    dropped,   // the calling process gave one handle up
    begin,     // an operation starts: verb on object (related: a Condition's lock, a child)
    end,       // the innermost operation of this task ends: succeeded, number, text = result
    argument,  // text describes the arguments of the innermost operation
    accessed,  // data was touched just now: access to part of object; text = the value
    carry,     // what this task writes next travels on behalf of stamp
    asked,     // what this task does waits for a server's reply (number 1), or has it (0)
    kept,      // a server keeps the operation stamp waiting (number 1), or goes on with it (0)
    uncaught,  // an exception leaves the target of a process: text = its type and words
    misused,   // the primitive rejects the call: text = its own words, rule = catalogue id
    count,     // a fact in numbers: text names it, number is its value (e.g. "unfinished")
  };
  Kind kind{};
  ObjectKind object_kind = ObjectKind::none;
  Verb verb = Verb::none;
  Access access = Access::load;
  bool succeeded = true;
  ObjectId object = ObjectId::none;
  ObjectId related = ObjectId::none;
  Stamp stamp = Stamp::none;
  std::int64_t number = 0;
  std::uint64_t part = 0;  // which part of the object, e.g. the hash of a key; 0 for the whole
  std::string_view text = {};
  std::string_view rule = {};
  Location where = Location::current();
};

/// What the Os answers. object: for created. stamp: for begin, and for end the stamp that came with
/// the bytes this operation took in. wants_text: somebody will read argument and result texts.
struct Acknowledgement {
  ObjectId object = ObjectId::none;
  Stamp stamp = Stamp::none;
  bool wants_text = false;
};

}  // namespace mp
