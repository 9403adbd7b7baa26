// ThreadPool: the calls of Pool, done by threads of the calling process. Nothing is encoded: a function is
// any callable, an argument that is an lvalue is that very object, and an exception is the one that was
// raised (TPOOL-01). What is passed by reference must outlive the job.
//
//   mp::ThreadPool pool(4);
//   int total = pool.apply([](const std::vector<int>& all) { return sum(all); }, mp::args(numbers));
//
// Differs from Pool in what threads cannot do: terminate() drops the tasks that have not begun and does not
// stop those that have, which join() and the destructor wait for. A task that calls mp::exit fails with
// WorkerLost. Threads whose initializer raises end; when the last of them does, jobs fail with BrokenPool.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <ranges>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <mp/pool/pool.hpp>
#include <mp/pool/threads_core.hpp>

namespace mp {

struct ThreadPoolOptions {
  std::function<void()> initializer = nullptr;  // called first by each thread
  std::string_view name = {};                   // in reports; threads are "<name>-ThreadPoolWorker-1"
};

namespace detail {

template <class F>
struct CallableOf {
  using type = F;
};
template <auto Target>
struct CallableOf<Fn<Target>> {
  using type = std::remove_cv_t<decltype(Target)>;
};
/// How a function that was given as an F is kept: itself, or the target that fn<> stands for.
template <class F>
using Callable = typename CallableOf<std::decay_t<F>>::type;

template <class F>
Callable<F> callable_of(F&& function) {
  return std::forward<F>(function);
}
template <auto Target>
auto callable_of(Fn<Target>) {
  return Target;
}

template <class Style, class F, class Element>
decltype(auto) call_with(F& function, Element&& element) {
  if constexpr (std::is_same_v<Style, OneTuple>) {
    return std::apply(function, std::forward<Element>(element));
  } else {
    return std::invoke(function, std::forward<Element>(element));
  }
}

/// What gives nothing gives a std::monostate.
template <class R, class Call>
Stored<R> stored_result(Call&& call) {
  if constexpr (std::is_void_v<R>) {
    call();
    return {};
  } else {
    return call();
  }
}

/// The function and the input of a map, which its tasks share. Elements that lie in the range are referred
/// to; those that the range makes on demand are kept.
template <class F, class Range, class Style>
struct MapInput {
  using View = std::views::all_t<Range>;
  using Reference = std::ranges::range_reference_t<View>;
  static constexpr bool is_in_range = std::is_lvalue_reference_v<Reference>;
  using Kept =
      std::conditional_t<is_in_range, std::add_pointer_t<Reference>, std::ranges::range_value_t<View>>;

  static decltype(auto) element_of(Kept& kept) {
    if constexpr (is_in_range) {
      return input_of<Range>(*kept);
    } else {
      return input_of<Range>(kept);
    }
  }
  using Result = decltype(call_with<Style>(std::declval<F&>(), element_of(std::declval<Kept&>())));

  Result call(std::size_t index) { return call_with<Style>(function, element_of(elements[index])); }
  /// The next element of the range.
  template <class Element>
  void keep(Element&& element) {
    if constexpr (is_in_range) {
      elements.push_back(&element);
    } else {
      elements.push_back(std::forward<Element>(element));
    }
  }

  F function;
  View view;
  std::vector<Kept> elements = {};
};

template <class F, class... A>
using CallResult = std::invoke_result_t<Callable<F>&, A...>;
template <class F, class Range, class Style>
using MapResult = typename MapInput<Callable<F>, Range, Style>::Result;

template <class F, class R, class... A>
void submit_call_here(Os& os, PoolCore& core, const std::shared_ptr<ApplyJob<R>>& job, F&& function,
                      const Arguments<A...>& arguments, Location where) {
  struct Call {
    Callable<F> function;
    std::tuple<A...> arguments;
  };
  const auto call = std::apply(
      [&](auto&... each) {
        // An argument that came as an rvalue is moved here; one that came as an lvalue stays where it is.
        return std::make_shared<Call>(
            Call{callable_of(std::forward<F>(function)), std::tuple<A...>(static_cast<A&&>(each)...)});
      },
      arguments.references());
  job->parts_left_ = 1;
  std::vector<Task> tasks;
  tasks.push_back({.job = job, .run = [call, &to = *job] {
                     to.put(stored_result<R>([&]() -> R {
                       return std::apply(
                           [&](auto&... each) -> R { return call->function(static_cast<A&&>(each)...); },
                           call->arguments);
                     }));
                   }});
  core.submit(os, job, std::move(tasks), 0, where);
}

template <class Style, class F, class Range, class R>
void submit_map_here(Os& os, PoolCore& core, const std::shared_ptr<MapJob<R>>& job, F&& function,
                     Range&& range, std::optional<std::int64_t> chunksize, Location where) {
  using Input = MapInput<Callable<F>, Range, Style>;
  const auto input = std::make_shared<Input>(
      Input{callable_of(std::forward<F>(function)), std::views::all(std::forward<Range>(range))});
  for (auto&& element : input->view) input->keep(std::forward<decltype(element)>(element));
  const std::size_t size = input->elements.size();
  const std::size_t chunk = chunk_for(chunksize, size, core.worker_count());
  job->prepare(size, chunk);
  std::vector<Task> tasks;
  for (std::size_t begin = 0; begin < size; begin += chunk) {
    const std::size_t end = std::min(size, begin + chunk);
    tasks.push_back({.job = job, .part = begin / chunk, .run = [input, &to = *job, begin, end] {
                       for (std::size_t i = begin; i < end; ++i)
                         to.put(i, stored_result<R>([&]() -> R { return input->call(i); }));
                     }});
  }
  core.submit(os, job, std::move(tasks), 0, where);
}

template <class F, class Range>
auto iterate_here(PoolCore& core, Verb verb, Order order, F&& function, Range&& range, std::int64_t chunksize,
                  Location where) {
  using Input = MapInput<Callable<F>, Range, OneElement>;
  using R = typename Input::Result;
  Os& here = os();
  const std::size_t chunk = chunk_for(chunksize, 0, core.worker_count());
  const auto job = std::make_shared<ImapJob<R>>(core.object(), std::string_view(), order, chunk, where);
  Operation operation(here, verb, ObjectKind::pool, core.object(), where, job->object());
  core.demand_running(here, where);
  const auto input = std::make_shared<Input>(
      Input{callable_of(std::forward<F>(function)), std::views::all(std::forward<Range>(range))});
  std::exception_ptr failure;
  try {
    for (auto&& element : input->view) input->keep(std::forward<decltype(element)>(element));
  } catch (...) {
    failure = std::current_exception();
  }
  const std::size_t size = input->elements.size();
  // The chunk in which the input raised is not begun (POOL-14).
  const std::size_t parts = failure == nullptr ? (size + chunk - 1) / chunk : size / chunk;
  for (std::size_t part = 0; part < parts; ++part) {
    std::vector<Task> tasks;
    const auto results = std::make_shared<std::vector<Stored<R>>>();
    tasks.push_back({.job = job,
                     .part = part,
                     .run =
                         [input, results, part, chunk, size] {
                           for (std::size_t i = part * chunk; i < std::min(size, (part + 1) * chunk); ++i)
                             results->push_back(stored_result<R>([&]() -> R { return input->call(i); }));
                         },
                     .hand_over = [results, &to = *job, part] { to.put(part, std::move(*results)); }});
    core.submit(here, job, std::move(tasks), 0, where);
  }
  job->end_input(here, parts, failure);
  operation.succeed();
  return ImapIterator<R>(job);
}

}  // namespace detail

class ThreadPool {
 public:
  /// `threads`: at least 1; absent: as many as the machine runs at a time. ValueError: below 1. RuntimeError:
  /// the machine refuses.
  explicit ThreadPool(std::optional<int> threads = std::nullopt, ThreadPoolOptions options = {},
                      Location where = Location::current());
  ThreadPool(ThreadPool&& other) noexcept = default;
  ThreadPool& operator=(ThreadPool&&) = delete;
  /// Drops what has not begun, and waits for what has. A pool that still runs is told of (POOL-27).
  ~ThreadPool();

  // As Pool's.
  template <class F, class... A>
  auto apply(F&& function, const Arguments<A...>& arguments, Location where = Location::current()) {
    using R = detail::CallResult<F, A...>;
    Os& here = os();
    const auto job = std::make_shared<detail::ApplyJob<R>>(object(), std::string_view(), where);
    Operation operation(here, Verb::apply, ObjectKind::pool, object(), where, job->object());
    core_->demand_running(here, where);
    detail::submit_call_here(here, *core_, job, std::forward<F>(function), arguments, where);
    return detail::result_of(here, *job, operation, where);
  }
  template <class F>
  auto apply(F&& function, Location where = Location::current()) {
    return apply(std::forward<F>(function), Arguments<>(), where);
  }
  template <class F, class... A>
  auto apply_async(F&& function, const Arguments<A...>& arguments,
                   JobOptions<Stored<detail::CallResult<F, A...>>> options = {},
                   Location where = Location::current()) {
    using R = detail::CallResult<F, A...>;
    Os& here = os();
    const auto job = std::make_shared<detail::ApplyJob<R>>(object(), options.name, where);
    Operation operation(here, Verb::apply_async, ObjectKind::pool, object(), where, job->object());
    core_->demand_running(here, where);
    detail::take_options(*job, options);
    detail::submit_call_here(here, *core_, job, std::forward<F>(function), arguments, where);
    operation.succeed();
    return AsyncResult<Stored<R>>(job);
  }

  template <class F, std::ranges::input_range Range>
  auto map(F&& function, Range&& range, std::optional<std::int64_t> chunksize = std::nullopt,
           Location where = Location::current()) {
    return map_now<detail::OneElement>(Verb::map, std::forward<F>(function), std::forward<Range>(range),
                                       chunksize, where);
  }
  template <class F, std::ranges::input_range Range>
  auto starmap(F&& function, Range&& range, std::optional<std::int64_t> chunksize = std::nullopt,
               Location where = Location::current()) {
    return map_now<detail::OneTuple>(Verb::starmap, std::forward<F>(function), std::forward<Range>(range),
                                     chunksize, where);
  }
  template <class F, std::ranges::input_range Range>
  auto map_async(
      F&& function, Range&& range, std::optional<std::int64_t> chunksize = std::nullopt,
      JobOptions<std::vector<Stored<detail::MapResult<F, Range, detail::OneElement>>>> options = {},
      Location where = Location::current()) {
    return map_later<detail::OneElement>(Verb::map_async, std::forward<F>(function),
                                         std::forward<Range>(range), chunksize, options, where);
  }
  template <class F, std::ranges::input_range Range>
  auto starmap_async(
      F&& function, Range&& range, std::optional<std::int64_t> chunksize = std::nullopt,
      JobOptions<std::vector<Stored<detail::MapResult<F, Range, detail::OneTuple>>>> options = {},
      Location where = Location::current()) {
    return map_later<detail::OneTuple>(Verb::starmap_async, std::forward<F>(function),
                                       std::forward<Range>(range), chunksize, options, where);
  }

  template <class F, std::ranges::input_range Range>
  auto imap(F&& function, Range&& range, std::int64_t chunksize = 1, Location where = Location::current()) {
    return detail::iterate_here(*core_, Verb::imap, detail::Order::input, std::forward<F>(function),
                                std::forward<Range>(range), chunksize, where);
  }
  template <class F, std::ranges::input_range Range>
  auto imap_unordered(F&& function, Range&& range, std::int64_t chunksize = 1,
                      Location where = Location::current()) {
    return detail::iterate_here(*core_, Verb::imap_unordered, detail::Order::completion,
                                std::forward<F>(function), std::forward<Range>(range), chunksize, where);
  }

  void close(Location where = Location::current()) { core_->close(where); }
  void terminate(Location where = Location::current()) { core_->terminate(where); }
  void join(Location where = Location::current()) { core_->join(where); }

  ObjectId object() const { return core_->object(); }

 private:
  template <class Style, class F, class Range>
  auto map_now(Verb verb, F&& function, Range&& range, std::optional<std::int64_t> chunksize,
               Location where) {
    using R = detail::MapResult<F, Range, Style>;
    Os& here = os();
    const auto job = std::make_shared<detail::MapJob<R>>(object(), std::string_view(), where);
    Operation operation(here, verb, ObjectKind::pool, object(), where, job->object());
    core_->demand_running(here, where);
    detail::submit_map_here<Style>(here, *core_, job, std::forward<F>(function), std::forward<Range>(range),
                                   chunksize, where);
    return detail::result_of(here, *job, operation, where);
  }
  template <class Style, class F, class Range, class T>
  auto map_later(Verb verb, F&& function, Range&& range, std::optional<std::int64_t> chunksize,
                 JobOptions<T>& options, Location where) {
    using R = detail::MapResult<F, Range, Style>;
    Os& here = os();
    const auto job = std::make_shared<detail::MapJob<R>>(object(), options.name, where);
    Operation operation(here, verb, ObjectKind::pool, object(), where, job->object());
    core_->demand_running(here, where);
    detail::take_options(*job, options);
    detail::submit_map_here<Style>(here, *core_, job, std::forward<F>(function), std::forward<Range>(range),
                                   chunksize, where);
    operation.succeed();
    return AsyncResult<T>(job);
  }

  std::shared_ptr<detail::ThreadsCore> core_;  // null once moved from
};

}  // namespace mp
