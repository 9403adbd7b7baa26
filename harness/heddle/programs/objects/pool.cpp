// Pool and ThreadPool, and what comes of their jobs.
#include <heddle/programs/job_functions.hpp>
#include <heddle/programs/objects/rows.hpp>
#include <mp/pool/pool.hpp>
#include <mp/pool/thread_pool.hpp>

namespace heddle::programs {
namespace {

using mp::Pool;
using mp::ThreadPool;
using One = mp::AsyncResult<Payload>;
using Many = mp::AsyncResult<std::vector<Payload>>;
using Iteration = mp::ImapIterator<Payload>;

/// The result of apply_async or of a map: a program asks both the same.
struct Result {
  std::optional<One> one = {};
  std::optional<Many> many = {};
  template <class Ask>
  auto ask(Ask&& ask) const {
    return one ? ask(*one) : ask(*many);
  }
};

const std::vector<Payload>& items(const Payload& payload) {
  if (const auto* list = std::get_if<List>(&payload.kind)) return list->items;
  throw TypeError(literal(payload) + " is no list");
}

// The calls that the arguments of a call stand for: the function, then a list of arguments, of elements, or
// of lists of arguments.
Payload one_call(Call& call) {
  return job_of(call.text(0), call.has(1) ? items(call.payload(1)) : std::vector<Payload>());
}
std::vector<Payload> call_per_element(Call& call) {
  std::vector<Payload> calls;
  for (const Payload& element : items(call.payload(1))) calls.push_back(job_of(call.text(0), {element}));
  return calls;
}
std::vector<Payload> call_per_list(Call& call) {
  std::vector<Payload> calls;
  for (const Payload& each : items(call.payload(1))) calls.push_back(job_of(call.text(0), items(each)));
  return calls;
}

template <class T>
mp::JobOptions<T> options_of(Call& call, std::size_t callback) {
  mp::JobOptions<T> options;
  if (call.has_method(callback)) options.callback = [run = call.method(callback)](const T&) { run(); };
  if (call.has_method(callback + 1))
    options.error_callback = [run = call.method(callback + 1)](const std::exception_ptr&) { run(); };
  options.name = call.name();
  return options;
}

template <class P>
Payload apply(Call& call) {
  if constexpr (std::is_same_v<P, Pool>) {
    return call.handle<P>().apply(mp::fn<&run_job>, mp::args(one_call(call)), {}, call.where);
  } else {
    return call.handle<P>().apply(mp::fn<&run_job>, mp::args(one_call(call)), call.where);
  }
}
template <class P>
Payload map(Call& call) {
  if constexpr (std::is_same_v<P, Pool>) {
    return {List{
        call.handle<P>().map(mp::fn<&run_job>, call_per_element(call), call.integer(2), {}, call.where)}};
  } else {
    return {
        List{call.handle<P>().map(mp::fn<&run_job>, call_per_element(call), call.integer(2), call.where)}};
  }
}
template <class P>
Payload starmap(Call& call) {
  if constexpr (std::is_same_v<P, Pool>) {
    return {
        List{call.handle<P>().map(mp::fn<&run_job>, call_per_list(call), call.integer(2), {}, call.where)}};
  } else {
    return {List{call.handle<P>().map(mp::fn<&run_job>, call_per_list(call), call.integer(2), call.where)}};
  }
}
template <class P>
Objects apply_async(Call& call) {
  return {hold(Result{.one = call.handle<P>().apply_async(mp::fn<&run_job>, mp::args(one_call(call)),
                                                          options_of<Payload>(call, 2), call.where)})};
}
template <class P>
Objects map_async(Call& call) {
  return {hold(
      Result{.many = call.handle<P>().map_async(mp::fn<&run_job>, call_per_element(call), call.integer(2),
                                                options_of<std::vector<Payload>>(call, 3), call.where)})};
}
template <class P>
Objects starmap_async(Call& call) {
  return {hold(
      Result{.many = call.handle<P>().map_async(mp::fn<&run_job>, call_per_list(call), call.integer(2),
                                                options_of<std::vector<Payload>>(call, 3), call.where)})};
}
template <class P>
Objects imap(Call& call) {
  if constexpr (std::is_same_v<P, Pool>) {
    return {hold(
        call.handle<P>().imap(mp::fn<&run_job>, call_per_element(call), call.integer(2, 1), {}, call.where))};
  } else {
    return {hold(
        call.handle<P>().imap(mp::fn<&run_job>, call_per_element(call), call.integer(2, 1), call.where))};
  }
}
template <class P>
Objects imap_unordered(Call& call) {
  if constexpr (std::is_same_v<P, Pool>) {
    return {hold(call.handle<P>().imap_unordered(mp::fn<&run_job>, call_per_element(call), call.integer(2, 1),
                                                 {}, call.where))};
  } else {
    return {hold(call.handle<P>().imap_unordered(mp::fn<&run_job>, call_per_element(call), call.integer(2, 1),
                                                 call.where))};
  }
}
template <class P>
Payload close(Call& call) {
  call.handle<P>().close(call.where);
  return none();
}
template <class P>
Payload terminate(Call& call) {
  call.handle<P>().terminate(call.where);
  return none();
}
template <class P>
Payload join(Call& call) {
  call.handle<P>().join(call.where);
  return none();
}

Payload get(Call& call) {
  const Result& result = call.handle<Result>();
  if (result.one) return result.one->get(call.timeout(0), call.where);
  return {List{result.many->get(call.timeout(0), call.where)}};
}
Payload wait(Call& call) {
  call.handle<Result>().ask([&](const auto& each) { each.wait(call.timeout(0), call.where); });
  return none();
}
Payload ready(Call& call) {
  return payload_of(call.handle<Result>().ask([&](const auto& each) { return each.ready(call.where); }));
}
Payload successful(Call& call) {
  return payload_of(call.handle<Result>().ask([&](const auto& each) { return each.successful(call.where); }));
}
Payload next(Call& call) { return call.handle<Iteration>().next(call.timeout(0), call.where); }

std::optional<int> count_of(Call& call) {
  if (!call.has(0) || is_none(call.payload(0))) return std::nullopt;
  return call.small_integer(0, 0);
}
Objects make_pool(Call& call) {
  return {hold(Pool(count_of(call), {.maxtasksperchild = call.integer(1), .name = call.name()}, call.where))};
}
Objects make_thread_pool(Call& call) {
  return {hold(ThreadPool(count_of(call), {.name = call.name()}, call.where))};
}

constexpr Parameter apply_parameters[] = {{"func", ParameterKind::function},
                                          {"args", ParameterKind::any, true}};
constexpr Parameter apply_async_parameters[] = {{"func", ParameterKind::function},
                                                {"args", ParameterKind::any, true},
                                                {"callback", ParameterKind::method, true},
                                                {"error_callback", ParameterKind::method, true}};
constexpr Parameter map_parameters[] = {
    {"func", ParameterKind::function}, {"iterable"}, {"chunksize", ParameterKind::integer, true}};
constexpr Parameter map_async_parameters[] = {{"func", ParameterKind::function},
                                              {"iterable"},
                                              {"chunksize", ParameterKind::integer, true},
                                              {"callback", ParameterKind::method, true},
                                              {"error_callback", ParameterKind::method, true}};
constexpr Parameter pool_parameters[] = {{"processes", ParameterKind::integer, true},
                                         {"maxtasksperchild", ParameterKind::integer, true}};
constexpr Parameter thread_pool_parameters[] = {{"processes", ParameterKind::integer, true}};

template <class P>
constexpr OperationRow rows_of_pools[] = {
    {"apply", Form::call, apply_parameters, &apply<P>},   {"map", Form::call, map_parameters, &map<P>},
    {"starmap", Form::call, map_parameters, &starmap<P>}, {"close", Form::call, {}, &close<P>},
    {"terminate", Form::call, {}, &terminate<P>},         {"join", Form::call, {}, &join<P>},
};
constexpr OperationRow rows_of_results[] = {
    {"get", Form::call, timeout_parameters, &get},
    {"wait", Form::call, timeout_parameters, &wait},
    {"ready", Form::call, {}, &ready},
    {"successful", Form::call, {}, &successful},
};
constexpr OperationRow rows_of_iterations[] = {{"next", Form::call, timeout_parameters, &next}};

}  // namespace

const KindRow pool_kind{"Pool", rows_of_pools<Pool>, nullptr};
const KindRow thread_pool_kind{"ThreadPool", rows_of_pools<ThreadPool>, nullptr};
const KindRow async_result_kind{"AsyncResult", rows_of_results, nullptr};
const KindRow imap_iterator_kind{"IMapIterator", rows_of_iterations, nullptr};

const MakerRow pool_maker{"Pool", "", pool_parameters, &pool_kind, 1, &make_pool};
const MakerRow pool_apply_async{"apply_async",      "Pool", apply_async_parameters,
                                &async_result_kind, 1,      &apply_async<Pool>};
const MakerRow pool_map_async{"map_async",        "Pool", map_async_parameters,
                              &async_result_kind, 1,      &map_async<Pool>};
const MakerRow pool_starmap_async{"starmap_async",    "Pool", map_async_parameters,
                                  &async_result_kind, 1,      &starmap_async<Pool>};
const MakerRow pool_imap{"imap", "Pool", map_parameters, &imap_iterator_kind, 1, &imap<Pool>};
const MakerRow pool_imap_unordered{"imap_unordered",    "Pool", map_parameters,
                                   &imap_iterator_kind, 1,      &imap_unordered<Pool>};

const MakerRow thread_pool_maker{"ThreadPool",      "", thread_pool_parameters,
                                 &thread_pool_kind, 1,  &make_thread_pool};
const MakerRow thread_pool_apply_async{
    "apply_async", "ThreadPool", apply_async_parameters, &async_result_kind, 1, &apply_async<ThreadPool>};
const MakerRow thread_pool_map_async{
    "map_async", "ThreadPool", map_async_parameters, &async_result_kind, 1, &map_async<ThreadPool>};
const MakerRow thread_pool_starmap_async{
    "starmap_async", "ThreadPool", map_async_parameters, &async_result_kind, 1, &starmap_async<ThreadPool>};
const MakerRow thread_pool_imap{"imap", "ThreadPool",     map_parameters, &imap_iterator_kind,
                                1,      &imap<ThreadPool>};
const MakerRow thread_pool_imap_unordered{
    "imap_unordered", "ThreadPool", map_parameters, &imap_iterator_kind, 1, &imap_unordered<ThreadPool>};

}  // namespace heddle::programs
