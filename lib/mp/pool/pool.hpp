// Pool: worker processes that call functions for the process that made them. A function is a compile-time
// constant, as a Process's target is; arguments and results cross by their codecs.
//
//   mp::Pool pool(4);
//   mp::AsyncResult<int> result = pool.apply_async(mp::fn<&square>, mp::args(7));
//   std::vector<int> squares = pool.map(mp::fn<&square>, std::views::iota(0, 100));
//   pool.close();
//   pool.join();
//
// Rows met: POOL-01..08, POOL-10..18, POOL-24, POOL-25, POOL-27. Deviation: a chunksize below 1 is a
// ValueError for map as well (POOL-09). Cured: a callback that raises, or that waits for other jobs, stops
// nothing (POOL-19); what does not decode fails its own job (POOL-20); a worker's death fails the one job
// that it had with WorkerLost, and the worker is replaced (POOL-21, POOL-22); an initializer that keeps
// raising breaks the pool, whose jobs fail with BrokenPool (POOL-23); use in another process is a
// RuntimeError (POOL-26). Workers are born by fork.
//
// A handle may be used by several threads, except that none may destroy or move it meanwhile.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <ranges>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <mp/pool/async_result.hpp>
#include <mp/pool/imap_job.hpp>
#include <mp/pool/process_pool.hpp>
#include <mp/pool/task_code.hpp>

namespace mp {

/// A call that each worker makes before its first task: initializer(fn<&prepare>, args(lock)). Handles may be
/// among the arguments, which are taken now, and must be open whenever a worker is born.
template <auto Target, class... A>
std::shared_ptr<const detail::InitializerCall> initializer(Fn<Target>, const Arguments<A...>& arguments) {
  Encoder encoder(Crossing::birth);
  detail::encode_arguments<Target>(encoder, arguments);
  auto call = std::make_shared<detail::InitializerCall>();
  call->code = &detail::call_with_arguments<Target>;
  call->arguments = encoder.take();
  call->belongings = encoder.take_belongings();
  return call;
}
template <auto Target>
std::shared_ptr<const detail::InitializerCall> initializer(Fn<Target> target) {
  return initializer(target, Arguments<>());
}

struct PoolOptions {
  std::shared_ptr<const detail::InitializerCall> initializer = nullptr;
  std::optional<std::int64_t> maxtasksperchild = std::nullopt;  // tasks, which of a map are chunks (POOL-24)
  std::string_view name = {};  // in reports; workers are "<name>-PoolWorker-1"
};

/// What is done with a job's end, besides waiting for it. Callbacks run in a thread of the pool's own, one
/// after another, before get() returns; what they raise is written to descriptor 2 and changes nothing.
template <class T>
struct JobOptions {
  std::function<void(const T&)> callback = nullptr;
  std::function<void(std::exception_ptr)> error_callback = nullptr;
  Raises raises = {};          // exceptions of the program's own that the function may raise (raised.hpp)
  std::string_view name = {};  // of the result, in reports
};

class Pool {
 public:
  /// `processes`: at least 1; absent: as many as the machine runs at a time. ValueError: below 1, or
  /// maxtasksperchild is. AssertionError: in a daemonic process (POOL-25). OSError: the machine refuses.
  explicit Pool(std::optional<int> processes = std::nullopt, PoolOptions options = {},
                Location where = Location::current());
  Pool(Pool&& other) noexcept = default;
  Pool& operator=(Pool&& other) noexcept;
  /// Terminates the pool and waits for its end. A pool that still runs is told of (POOL-27).
  ~Pool();

  /// The function's result, or its exception. ValueError: not running; so for all that follow.
  template <auto Target, class... A>
  auto apply(Fn<Target>, const Arguments<A...>& arguments, Raises raises = {},
             Location where = Location::current());
  template <auto Target>
  auto apply(Fn<Target> target, Location where = Location::current()) {
    return apply(target, Arguments<>(), {}, where);
  }
  /// Arguments that cannot be encoded are the job's failure (POOL-17).
  template <auto Target, class... A>
  AsyncResult<Stored<detail::ResultOf<Target>>> apply_async(
      Fn<Target>, const Arguments<A...>& arguments, JobOptions<Stored<detail::ResultOf<Target>>> options = {},
      Location where = Location::current());

  /// The results in the order of the range: of its elements, or the keys of a mapping. What the range itself
  /// throws leaves the call. ValueError: a chunksize below 1.
  template <auto Target, std::ranges::input_range Range>
  auto map(Fn<Target>, Range&& range, std::optional<std::int64_t> chunksize = std::nullopt,
           Raises raises = {}, Location where = Location::current());
  template <auto Target, std::ranges::input_range Range>
  AsyncResult<std::vector<Stored<detail::ResultOf<Target>>>> map_async(
      Fn<Target>, Range&& range, std::optional<std::int64_t> chunksize = std::nullopt,
      JobOptions<std::vector<Stored<detail::ResultOf<Target>>>> options = {},
      Location where = Location::current());
  /// The same over tuples, of which each is the arguments of a call.
  template <auto Target, std::ranges::input_range Range>
  auto starmap(Fn<Target>, Range&& range, std::optional<std::int64_t> chunksize = std::nullopt,
               Raises raises = {}, Location where = Location::current());
  template <auto Target, std::ranges::input_range Range>
  AsyncResult<std::vector<Stored<detail::ResultOf<Target>>>> starmap_async(
      Fn<Target>, Range&& range, std::optional<std::int64_t> chunksize = std::nullopt,
      JobOptions<std::vector<Stored<detail::ResultOf<Target>>>> options = {},
      Location where = Location::current());

  /// Results one by one, in the order of the range or as they come. The whole range is taken by this call.
  template <auto Target, std::ranges::input_range Range>
  ImapIterator<detail::ResultOf<Target>> imap(Fn<Target>, Range&& range, std::int64_t chunksize = 1,
                                              Raises raises = {}, Location where = Location::current());
  template <auto Target, std::ranges::input_range Range>
  ImapIterator<detail::ResultOf<Target>> imap_unordered(Fn<Target>, Range&& range, std::int64_t chunksize = 1,
                                                        Raises raises = {},
                                                        Location where = Location::current());

  /// No more jobs; those there are will be done (POOL-04). Any number of times.
  void close(Location where = Location::current()) { core_->close(where); }
  /// Workers end now, jobs that are not done never will be (POOL-05). Takes about a second at most, a
  /// callback that runs excepted: a worker that does not end by SIGTERM ends by SIGKILL.
  void terminate(Location where = Location::current()) { core_->terminate(where); }
  /// Waits for the end of all workers and callbacks. ValueError: the pool runs (POOL-02).
  void join(Location where = Location::current()) { core_->join(where); }

  ObjectId object() const { return core_->object(); }

 private:
  std::shared_ptr<detail::ProcessPool> core_;  // null once moved from
};

}  // namespace mp

#include <mp/pool/pool_calls.hpp>
