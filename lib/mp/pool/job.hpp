// One submitted call, as the pool and whoever waits for its result see it. A job has parts, each a task of a
// worker: one for apply, one per chunk for map. It is done once all parts are over and its callback, if it
// has one, has returned (POOL-18); from then on it never changes.
//
// What comes of a part is told by one task at a time: by the one that submits the job, then by the pool.
// Those who wait read it only once the job is done.
#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <string_view>

#include <mp/codec/codec.hpp>
#include <mp/codec/raised.hpp>
#include <mp/os/os.hpp>

namespace mp::detail {

class Callbacks;

class Job {
 public:
  Job(ObjectId pool, std::string_view name, Location where);
  /// Of an object that somebody else has announced.
  Job(ObjectId pool, ObjectId object);
  virtual ~Job() = default;
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  ObjectId object() const { return object_; }
  ObjectId pool() const { return pool_; }

  // The pool's side.
  /// The results of a part, encoded; never called by a pool of threads. What it throws is how the part
  /// failed.
  virtual void accept(std::size_t part, Decoder& results) = 0;
  virtual void fail(std::size_t part, std::exception_ptr failure) = 0;
  /// What a worker's function raised. Unless a job keeps it as it is, it fails with the exception.
  virtual void fail_raised(std::size_t part, const Raised& raised) {
    fail(part, exception_of(raised, raises));
  }
  /// A part is over, whichever way. True: it was the last.
  bool end_part() { return --parts_left_ == 0; }
  /// Once all parts are over, before anybody learns of it.
  virtual void conclude() {}
  virtual bool has_failed() const = 0;
  /// Is there a callback for however it may go?
  virtual bool wants_callbacks() const { return false; }
  /// Is there a callback for how it went?
  virtual bool wants_callback() const { return false; }
  virtual void call_back() {}
  void release(Os& os);

  // The caller's side.
  bool is_done(Os& os) const { return os.load(done_) != 0; }
  /// False: not before the deadline. RuntimeError: in another process than the pool's, or in the thread that
  /// has yet to run the job's own callback.
  bool await(Os& os, Instant deadline, Location where);

  std::size_t parts_left_ = 0;           // set before it is submitted, then under the pool's mutex
  Raises raises;                         // set before it is submitted
  std::shared_ptr<Callbacks> callbacks;  // the same: null if it has none

 private:
  const ObjectId pool_;
  const ObjectId object_;
  const ProcessId creator_;
  Word done_;  // 1: done
};

/// A part of a job on its way to a worker: encoded for a process, a function for a thread.
struct Task {
  std::shared_ptr<Job> job;
  std::size_t part = 0;
  Stamp stamp = Stamp::none;                                  // of the call that submitted it
  std::uint64_t code = 0;                                     // a TaskCode
  Bytes arguments = {};                                       // for it
  std::shared_ptr<const PassedDescriptors> passed = nullptr;  // copies that go along; null: none
  std::function<void()> run = {};                             // throws what the user's function throws
  std::function<void()> hand_over = {};  // of what run has made, if others may have it before the job is over
};

/// Copies of descriptors for a task, whose originals may be closed before a worker gets it. Null: there are
/// none. OSError: the machine refuses.
std::shared_ptr<const PassedDescriptors> copies_of(Os& os, const std::vector<Descriptor>& descriptors);

}  // namespace mp::detail
