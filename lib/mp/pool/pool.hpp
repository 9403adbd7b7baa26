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
// Connections may be among the arguments of a task, and inside its values: the worker has copies of its own,
// and the caller may close its ones once the call that submits has returned. Results cannot have them.
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
#include <variant>
#include <vector>

#include <mp/pool/async_result.hpp>
#include <mp/pool/imap_job.hpp>
#include <mp/pool/kept.hpp>
#include <mp/pool/pool_calls.hpp>
#include <mp/pool/process_pool.hpp>
#include <mp/pool/task_code.hpp>

namespace mp {

/// A call that each worker makes before its first task: initializer(fn<&prepare>, args(lock)). Handles may be
/// among the arguments, which are taken now, and must be open whenever a worker is born. What it keeps, tasks
/// find (kept.hpp).
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

template <auto Target, class... A>
auto Pool::apply(Fn<Target>, const Arguments<A...>& arguments, Raises raises, Location where) {
  Os& here = os();
  const auto job = std::make_shared<detail::ApplyJob<detail::ResultOf<Target>>>(core_->object(),
                                                                                std::string_view(), where);
  job->raises = raises;
  Operation operation(here, Verb::apply, ObjectKind::pool, core_->object(), where, job->object());
  core_->demand_running(here, where);
  detail::submit_call<Target>(here, *core_, job, arguments, operation.stamp(), where);
  return detail::result_of(here, *job, operation, where);
}

template <auto Target, class... A>
AsyncResult<Stored<detail::ResultOf<Target>>> Pool::apply_async(
    Fn<Target>, const Arguments<A...>& arguments, JobOptions<Stored<detail::ResultOf<Target>>> options,
    Location where) {
  Os& here = os();
  const auto job =
      std::make_shared<detail::ApplyJob<detail::ResultOf<Target>>>(core_->object(), options.name, where);
  Operation operation(here, Verb::apply_async, ObjectKind::pool, core_->object(), where, job->object());
  core_->demand_running(here, where);
  detail::take_options(*job, options);
  detail::submit_call<Target>(here, *core_, job, arguments, operation.stamp(), where);
  operation.succeed();
  return AsyncResult<Stored<detail::ResultOf<Target>>>(job);
}

template <auto Target, std::ranges::input_range Range>
auto Pool::map(Fn<Target>, Range&& range, std::optional<std::int64_t> chunksize, Raises raises,
               Location where) {
  return detail::map_now<Target, detail::OneElement>(*core_, Verb::map, std::forward<Range>(range), chunksize,
                                                     raises, where);
}

template <auto Target, std::ranges::input_range Range>
AsyncResult<std::vector<Stored<detail::ResultOf<Target>>>> Pool::map_async(
    Fn<Target>, Range&& range, std::optional<std::int64_t> chunksize,
    JobOptions<std::vector<Stored<detail::ResultOf<Target>>>> options, Location where) {
  return detail::map_later<Target, detail::OneElement>(*core_, Verb::map_async, std::forward<Range>(range),
                                                       chunksize, options, where);
}

template <auto Target, std::ranges::input_range Range>
auto Pool::starmap(Fn<Target>, Range&& range, std::optional<std::int64_t> chunksize, Raises raises,
                   Location where) {
  return detail::map_now<Target, detail::OneTuple>(*core_, Verb::starmap, std::forward<Range>(range),
                                                   chunksize, raises, where);
}

template <auto Target, std::ranges::input_range Range>
AsyncResult<std::vector<Stored<detail::ResultOf<Target>>>> Pool::starmap_async(
    Fn<Target>, Range&& range, std::optional<std::int64_t> chunksize,
    JobOptions<std::vector<Stored<detail::ResultOf<Target>>>> options, Location where) {
  return detail::map_later<Target, detail::OneTuple>(*core_, Verb::starmap_async, std::forward<Range>(range),
                                                     chunksize, options, where);
}

template <auto Target, std::ranges::input_range Range>
ImapIterator<detail::ResultOf<Target>> Pool::imap(Fn<Target>, Range&& range, std::int64_t chunksize,
                                                  Raises raises, Location where) {
  return detail::iterate<Target>(*core_, Verb::imap, detail::Order::input, std::forward<Range>(range),
                                 chunksize, raises, where);
}

template <auto Target, std::ranges::input_range Range>
ImapIterator<detail::ResultOf<Target>> Pool::imap_unordered(Fn<Target>, Range&& range, std::int64_t chunksize,
                                                            Raises raises, Location where) {
  return detail::iterate<Target>(*core_, Verb::imap_unordered, detail::Order::completion,
                                 std::forward<Range>(range), chunksize, raises, where);
}

}  // namespace mp
