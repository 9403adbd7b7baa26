// How a pool's calls become jobs and tasks: arguments are encoded when the call is made, a chunk at a time,
// so that a chunk is one message to one worker.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <iterator>
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
#include <mp/pool/pool_core.hpp>
#include <mp/pool/task_code.hpp>

namespace mp {

/// What is done with a job's end, besides waiting for it. Callbacks run in a thread of the pool's own, one
/// after another, before get() returns; what they raise is written to descriptor 2 and changes nothing.
template <class T>
struct JobOptions {
  // Takes the result; nothing, if the function gives nothing.
  std::function<std::conditional_t<std::is_same_v<T, std::monostate>, void(), void(const T&)>> callback =
      nullptr;
  std::function<void(std::exception_ptr)> error_callback = nullptr;
  Raises raises = {};          // exceptions of the program's own that the function may raise (raised.hpp)
  std::string_view name = {};  // of the result, in reports
};

namespace detail {

/// Encodes the calls for the elements of a range, a chunk at a time, and gives each chunk to
/// `submit(part, calls, bytes, passed)`, or to `refuse(part, failure)` if it cannot be encoded. What the
/// range throws leaves it; the chunk at hand is then dropped. Gives the number of chunks.
template <auto Target, class Style, class Range, class Submit, class Refuse>
std::size_t encode_chunks(Range&& range, std::size_t chunk, Submit&& submit, Refuse&& refuse) {
  std::size_t part = 0;
  auto each = std::ranges::begin(range);
  const auto end = std::ranges::end(range);
  while (each != end) {
    Encoder calls(Crossing::connection);
    std::shared_ptr<const PassedDescriptors> passed;
    std::size_t count = 0;
    std::exception_ptr failure;
    for (; count < chunk && each != end; ++each, ++count) {
      auto&& element = *each;
      if (failure != nullptr) continue;
      try {
        encode_call<Target>(calls, input_of<Range>(element), Style{});
      } catch (...) {
        failure = std::current_exception();
      }
    }
    if (failure == nullptr && !calls.passed().empty()) {
      try {
        passed = copies_of(os(), calls.passed());
      } catch (...) {
        failure = std::current_exception();
      }
    }
    if (failure != nullptr) {
      refuse(part++, failure);
      continue;
    }
    Encoder head(Crossing::message);
    head.natural(count);
    Bytes bytes = head.take();
    const Bytes body = calls.take();
    bytes.insert(bytes.end(), body.begin(), body.end());
    submit(part++, count, std::move(bytes), std::move(passed));
  }
  return part;
}

template <auto Target>
Task task_of(std::shared_ptr<Job> job, std::size_t part, Stamp stamp, Bytes arguments,
             std::shared_ptr<const PassedDescriptors> passed) {
  return {.job = std::move(job),
          .part = part,
          .stamp = stamp,
          .code = static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(&run_calls<Target>)),
          .arguments = std::move(arguments),
          .passed = std::move(passed)};
}

template <class T>
void take_options(ResultJob<T>& job, JobOptions<T>& options) {
  if constexpr (std::is_same_v<T, std::monostate>) {
    if (options.callback != nullptr)
      job.callback = [call = std::move(options.callback)](const T&) { call(); };
  } else {
    job.callback = std::move(options.callback);
  }
  job.error_callback = std::move(options.error_callback);
  job.raises = options.raises;
}

/// Waits for a job that the running operation has made, and gives its result.
template <class T>
T result_of(Os& os, ResultJob<T>& job, Operation& operation, Location where) {
  job.await(os, never, where);
  if (job.has_failed()) operation.fail(1);
  T value = job.take_value();
  operation.succeed_with([&] { return describe_result(value); });
  return value;
}

template <auto Target, class... A>
void submit_call(Os& os, PoolCore& core, const std::shared_ptr<ApplyJob<ResultOf<Target>>>& job,
                 const Arguments<A...>& arguments, Stamp stamp, Location where) {
  job->parts_left_ = 1;
  Encoder encoder(Crossing::connection);
  encoder.natural(1);
  std::exception_ptr failure;
  std::shared_ptr<const PassedDescriptors> passed;
  try {
    encode_arguments<Target>(encoder, arguments);
    passed = copies_of(os, encoder.passed());
  } catch (...) {
    failure = std::current_exception();
  }
  std::vector<Task> tasks;
  if (failure != nullptr) {
    job->fail(0, failure);
  } else {
    tasks.push_back(task_of<Target>(job, 0, stamp, encoder.take(), std::move(passed)));
  }
  core.submit(os, job, std::move(tasks), failure != nullptr ? 1 : 0, where);
}

template <auto Target, class Style, std::ranges::input_range Range>
void submit_map(Os& os, PoolCore& core, const std::shared_ptr<MapJob<ResultOf<Target>>>& job, Range&& range,
                std::optional<std::int64_t> chunksize, Stamp stamp, Location where) {
  if constexpr (!std::ranges::sized_range<Range>) {  // its size has to be known first (POOL-07)
    std::vector<std::ranges::range_value_t<Range>> listed;
    for (auto&& element : range) listed.push_back(std::forward<decltype(element)>(element));
    submit_map<Target, Style>(os, core, job, listed, chunksize, stamp, where);
  } else {
    const auto size = static_cast<std::size_t>(std::ranges::size(range));
    const std::size_t chunk = chunk_for(chunksize, size, core.worker_count());
    job->prepare(size, chunk);
    std::vector<Task> tasks;
    std::size_t failed = 0;
    encode_chunks<Target, Style>(
        range, chunk,
        [&](std::size_t part, std::size_t, Bytes bytes, std::shared_ptr<const PassedDescriptors> passed) {
          tasks.push_back(task_of<Target>(job, part, stamp, std::move(bytes), std::move(passed)));
        },
        [&](std::size_t part, std::exception_ptr failure) {
          job->fail(part, std::move(failure));
          ++failed;
        });
    core.submit(os, job, std::move(tasks), failed, where);
  }
}

template <auto Target, class Style, class Range>
auto map_now(PoolCore& core, Verb verb, Range&& range, std::optional<std::int64_t> chunksize, Raises raises,
             Location where) {
  Os& here = os();
  const auto job = std::make_shared<MapJob<ResultOf<Target>>>(core.object(), std::string_view(), where);
  job->raises = raises;
  Operation operation(here, verb, ObjectKind::pool, core.object(), where, job->object());
  core.demand_running(here, where);
  submit_map<Target, Style>(here, core, job, std::forward<Range>(range), chunksize, operation.stamp(), where);
  return result_of(here, *job, operation, where);
}

template <auto Target, class Style, class Range>
auto map_later(PoolCore& core, Verb verb, Range&& range, std::optional<std::int64_t> chunksize,
               JobOptions<std::vector<Stored<ResultOf<Target>>>>& options, Location where) {
  Os& here = os();
  const auto job = std::make_shared<MapJob<ResultOf<Target>>>(core.object(), options.name, where);
  Operation operation(here, verb, ObjectKind::pool, core.object(), where, job->object());
  core.demand_running(here, where);
  take_options(*job, options);
  submit_map<Target, Style>(here, core, job, std::forward<Range>(range), chunksize, operation.stamp(), where);
  operation.succeed();
  return AsyncResult<std::vector<Stored<ResultOf<Target>>>>(job);
}

template <auto Target, class Range>
auto iterate(PoolCore& core, Verb verb, Order order, Range&& range, std::int64_t chunksize, Raises raises,
             Location where) {
  using R = ResultOf<Target>;
  Os& here = os();
  const std::size_t chunk = chunk_for(chunksize, 0, core.worker_count());
  const auto job = std::make_shared<ImapJob<R>>(core.object(), std::string_view(), order, chunk, where);
  job->raises = raises;
  Operation operation(here, verb, ObjectKind::pool, core.object(), where, job->object());
  core.demand_running(here, where);
  std::size_t parts = 0;
  std::exception_ptr failure;
  const auto submit = [&](std::size_t part, std::size_t calls, Bytes bytes,
                          std::shared_ptr<const PassedDescriptors> passed) {
    parts = part + 1;
    job->expect(here, part, calls);
    std::vector<Task> tasks;
    tasks.push_back(task_of<Target>(job, part, operation.stamp(), std::move(bytes), std::move(passed)));
    core.submit(here, job, std::move(tasks), 0, where);
  };
  const auto refuse = [&](std::size_t part, std::exception_ptr why) {
    parts = part + 1;
    job->fail(part, std::move(why));
  };
  try {
    encode_chunks<Target, OneElement>(std::forward<Range>(range), chunk, submit, refuse);
  } catch (...) {
    failure = std::current_exception();
  }
  job->end_input(here, parts, failure);
  operation.succeed();
  return ImapIterator<R>(job);
}

}  // namespace detail

}  // namespace mp
