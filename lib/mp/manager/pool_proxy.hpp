// A Pool in a manager's server, used like a Pool here and by any process (MGR-21): its workers are children
// of the server.
//
//   auto pool = manager.Pool(4);
//   auto result = pool.apply_async(mp::fn<&square>, mp::args(7));   // a proxy: result.get(), in any process
//   std::vector<int> squares = pool.map(mp::fn<&square>, std::views::iota(0, 100));
//
// A function crosses by its place in the program, so the server has to run the same program as its client:
// RuntimeError from whatever names a function there is none of. Arguments and results are copied and cross by
// their codecs, proxies among them; what cannot be encoded throws before anything is sent, and so does what a
// range throws. There are no callbacks, because they would run in the server.
//
// When the last proxy goes, the pool is terminated; so it is before its server ends.
#pragma once

#include <cstdint>
#include <optional>
#include <ranges>
#include <string_view>
#include <vector>

#include <mp/manager/async_result_proxy.hpp>
#include <mp/manager/pool_request.hpp>
#include <mp/manager/proxy.hpp>
#include <mp/pool/pool_core.hpp>
#include <mp/pool/task_code.hpp>

namespace mp {

namespace manager {

inline constexpr ProxyType pool_proxy{"PoolProxy", "Pool", ObjectKind::pool};

/// A call that each worker makes before its first task.
struct PoolInitializer {
  FunctionPlace code = {};
  Bytes arguments = {};
};

/// All calls of one task, each result as bytes of its own (TaskCode).
template <auto Target>
void run_calls_apart(mp::detail::TaskCall& call) {
  using R = mp::detail::ResultOf<Target>;
  static_assert(mp::detail::ResultCrosses<R>, "a result cannot cross a process boundary: give it a codec<T>");
  for (std::uint64_t left = call.arguments.natural(); left > 0; --left) {
    auto values = mp::detail::decode_parameters<Target>(call.arguments);
    const mp::Stored<R> result = mp::detail::call_target<Target>(values);
    call.is_encoding = true;
    Encoder apart(Crossing::message);
    mp::detail::encode_result<R>(apart, result);
    call.results.bytes(apart.take());
    call.is_encoding = false;
  }
  call.arguments.finish();
}

}  // namespace manager

/// For ManagedPoolOptions: managed_initializer(fn<&prepare>, args(proxy, 7)). RuntimeError: a handle that is
/// no proxy is among the arguments.
template <auto Target, class... A>
manager::PoolInitializer managed_initializer(Fn<Target>, const Arguments<A...>& arguments) {
  Encoder encoder(Crossing::message);
  detail::encode_arguments<Target>(encoder, arguments);
  const auto address = reinterpret_cast<std::uintptr_t>(&detail::call_with_arguments<Target>);
  return {.code = place_of_function(address), .arguments = encoder.take()};
}

struct ManagedPoolOptions {
  manager::PoolInitializer initializer = {};
  std::optional<std::int64_t> maxtasksperchild = std::nullopt;  // tasks, which of a map are chunks
  std::string_view name = {};  // in reports; workers are "<name>-PoolWorker-1"
};

struct ManagedJobOptions {
  Raises raises = {};          // exceptions of the program's own that the function may raise (raised.hpp)
  std::string_view name = {};  // of the result, in reports
};

class PoolProxy : public Proxy {
 public:
  static constexpr const manager::ProxyType& type = manager::pool_proxy;
  using Proxy::Proxy;

  /// The function's result, or its exception. ValueError: the pool does not run; so for all that follow.
  template <auto Target, class... A>
  auto apply(Fn<Target>, const Arguments<A...>& arguments, const ManagedJobOptions& options = {},
             Location where = Location::current()) const {
    Job job = begin_job<Target>(Verb::apply, std::nullopt, options, where);
    add_call<Target>(job, arguments);
    auto value =
        manager::result_in<detail::ResultOf<Target>>(submit(job, "run"), job.operation, options.raises);
    job.operation.succeed_with([&] { return detail::describe_result(value); });
    return value;
  }
  template <auto Target, class... A>
  AsyncResultProxy<detail::ResultOf<Target>> apply_async(Fn<Target>, const Arguments<A...>& arguments,
                                                         const ManagedJobOptions& options = {},
                                                         Location where = Location::current()) const {
    Job job = begin_job<Target>(Verb::apply_async, std::nullopt, options, where);
    add_call<Target>(job, arguments);
    return finish<AsyncResultProxy<detail::ResultOf<Target>>>(job, "submit", options);
  }

  /// The results in the order of the range: of its elements, or the keys of a mapping. ValueError: a
  /// chunksize below 1.
  template <auto Target, std::ranges::input_range Range>
  auto map(Fn<Target>, Range&& range, std::optional<std::int64_t> chunksize = std::nullopt,
           const ManagedJobOptions& options = {}, Location where = Location::current()) const {
    return map_now<Target, detail::OneElement>(Verb::map, std::forward<Range>(range), chunksize, options,
                                               where);
  }
  template <auto Target, std::ranges::input_range Range>
  auto map_async(Fn<Target>, Range&& range, std::optional<std::int64_t> chunksize = std::nullopt,
                 const ManagedJobOptions& options = {}, Location where = Location::current()) const {
    Job job = begin_job<Target>(Verb::map_async, chunksize, options, where);
    add_calls<Target, detail::OneElement>(job, std::forward<Range>(range));
    return finish<MapResultProxy<detail::ResultOf<Target>>>(job, "submit", options);
  }
  /// The same over tuples, of which each is the arguments of a call.
  template <auto Target, std::ranges::input_range Range>
  auto starmap(Fn<Target>, Range&& range, std::optional<std::int64_t> chunksize = std::nullopt,
               const ManagedJobOptions& options = {}, Location where = Location::current()) const {
    return map_now<Target, detail::OneTuple>(Verb::starmap, std::forward<Range>(range), chunksize, options,
                                             where);
  }
  template <auto Target, std::ranges::input_range Range>
  auto starmap_async(Fn<Target>, Range&& range, std::optional<std::int64_t> chunksize = std::nullopt,
                     const ManagedJobOptions& options = {}, Location where = Location::current()) const {
    Job job = begin_job<Target>(Verb::starmap_async, chunksize, options, where);
    add_calls<Target, detail::OneTuple>(job, std::forward<Range>(range));
    return finish<MapResultProxy<detail::ResultOf<Target>>>(job, "submit", options);
  }

  /// Results one by one, in the order of the range or as they come.
  template <auto Target, std::ranges::input_range Range>
  ImapProxy<detail::ResultOf<Target>> imap(Fn<Target>, Range&& range, std::int64_t chunksize = 1,
                                           const ManagedJobOptions& options = {},
                                           Location where = Location::current()) const {
    Job job = begin_job<Target>(Verb::imap, chunksize, options, where);
    add_calls<Target, detail::OneElement>(job, std::forward<Range>(range));
    return finish<ImapProxy<detail::ResultOf<Target>>>(job, "imap", options);
  }
  template <auto Target, std::ranges::input_range Range>
  ImapProxy<detail::ResultOf<Target>> imap_unordered(Fn<Target>, Range&& range, std::int64_t chunksize = 1,
                                                     const ManagedJobOptions& options = {},
                                                     Location where = Location::current()) const {
    Job job = begin_job<Target>(Verb::imap_unordered, chunksize, options, where);
    add_calls<Target, detail::OneElement>(job, std::forward<Range>(range));
    return finish<ImapProxy<detail::ResultOf<Target>>>(job, "imap_unordered", options);
  }

  /// No more jobs; those there are will be done. Any number of times.
  void close(Location where = Location::current()) const;
  /// Workers end now, jobs that are not done never will be. Gives when they have ended.
  void terminate(Location where = Location::current()) const;
  /// Waits for the end of all workers. ValueError: the pool runs.
  void join(Location where = Location::current()) const;

  static PoolProxy decode(Decoder& decoder) { return PoolProxy(manager::ProxyCore::decode(decoder, type)); }

 private:
  /// A job on its way to the server.
  struct Job {
    ObjectId object;
    Operation operation;
    std::vector<manager::Value> arguments;
    Location where;
  };

  template <auto Target>
  Job begin_job(Verb verb, std::optional<std::int64_t> chunksize, const ManagedJobOptions& options,
                Location where) const {
    const ObjectId job = announce(os(), ObjectKind::async_result, options.name, where, object());
    const manager::JobRequest request{
        .object = job,
        .code = place_of_function(reinterpret_cast<std::uintptr_t>(&manager::run_calls_apart<Target>)),
        .take = place_of_function(reinterpret_cast<std::uintptr_t>(options.raises.take)),
        .chunksize = chunksize};
    static_cast<void>(detail::chunk_for(chunksize, 0, 1));
    return {
        job, Operation(os(), verb, ObjectKind::pool, object(), where, job), {core_.argument(request)}, where};
  }
  template <auto Target, class... A>
  static void add_call(Job& job, const Arguments<A...>& arguments) {
    Encoder encoder(Crossing::message);
    detail::encode_arguments<Target>(encoder, arguments);
    job.arguments.push_back({.bytes = encoder.take()});
  }
  template <auto Target, class Style, class Range>
  static void add_calls(Job& job, Range&& range) {
    for (auto&& element : range) {
      Encoder encoder(Crossing::message);
      detail::encode_call<Target>(encoder, detail::input_of<Range>(element), Style{});
      job.arguments.push_back({.bytes = encoder.take()});
    }
  }
  template <auto Target, class Style, class Range>
  auto map_now(Verb verb, Range&& range, std::optional<std::int64_t> chunksize,
               const ManagedJobOptions& options, Location where) const {
    Job job = begin_job<Target>(verb, chunksize, options, where);
    add_calls<Target, Style>(job, std::forward<Range>(range));
    auto values =
        manager::results_in<detail::ResultOf<Target>>(submit(job, "run"), job.operation, options.raises);
    job.operation.succeed_with([&] { return detail::describe_result(values); });
    return values;
  }
  template <class P>
  P finish(Job& job, std::string_view method, const ManagedJobOptions& options) const {
    const manager::Reply reply = submit(job, method);
    job.operation.succeed();
    return P(core_.made(P::type, manager::only(reply), job.object), options.raises);
  }
  manager::Reply submit(Job& job, std::string_view method) const;
};

}  // namespace mp
