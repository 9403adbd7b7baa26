// The Pool that a Manager makes, and what comes of its jobs: as Pool, but for callbacks, which it does not
// have.
#include <heddle/programs/job_functions.hpp>
#include <heddle/programs/objects/rows.hpp>
#include <mp/manager/manager.hpp>

namespace heddle::programs {
namespace {

using Pool = mp::PoolProxy;
using One = mp::AsyncResultProxy<Payload>;
using Many = mp::MapResultProxy<Payload>;
using Iteration = mp::ImapProxy<Payload>;

const std::vector<Payload>& items(const Payload& payload) {
  if (const auto* list = std::get_if<List>(&payload.kind)) return list->items;
  throw TypeError(literal(payload) + " is no list");
}

// The calls that the arguments of a call stand for: the function, then a list of arguments, of elements, or
// of lists of arguments.
Payload one_call(Call& call) {
  return job_of(call.text(0), call.has(1) ? items(call.payload(1)) : std::vector<Payload>());
}
enum class Each : std::uint8_t { element, list };
template <Each each>
std::vector<Payload> many_calls(Call& call) {
  std::vector<Payload> calls;
  for (const Payload& item : items(call.payload(1)))
    calls.push_back(job_of(call.text(0), each == Each::list ? items(item) : std::vector<Payload>(1, item)));
  return calls;
}

const Pool& pool(Call& call) { return call.handle<Pool>(); }
mp::ManagedJobOptions options(Call& call) { return {.raises = {}, .name = call.name()}; }

Payload apply(Call& call) {
  return pool(call).apply(mp::fn<&run_job>, mp::args(one_call(call)), {}, call.where);
}
template <Each each>
Payload map(Call& call) {
  return {List{pool(call).map(mp::fn<&run_job>, many_calls<each>(call), call.integer(2), {}, call.where)}};
}
Objects apply_async(Call& call) {
  return {
      hold(pool(call).apply_async(mp::fn<&run_job>, mp::args(one_call(call)), options(call), call.where))};
}
template <Each each>
Objects map_async(Call& call) {
  return {hold(pool(call).map_async(mp::fn<&run_job>, many_calls<each>(call), call.integer(2), options(call),
                                    call.where))};
}
Objects imap(Call& call) {
  return {hold(pool(call).imap(mp::fn<&run_job>, many_calls<Each::element>(call), call.integer(2, 1),
                               options(call), call.where))};
}
Objects imap_unordered(Call& call) {
  return {hold(pool(call).imap_unordered(mp::fn<&run_job>, many_calls<Each::element>(call),
                                         call.integer(2, 1), options(call), call.where))};
}
Payload close(Call& call) {
  pool(call).close(call.where);
  return none();
}
Payload terminate(Call& call) {
  pool(call).terminate(call.where);
  return none();
}
Payload join(Call& call) {
  pool(call).join(call.where);
  return none();
}

template <class R>
Payload get(Call& call) {
  auto value = call.handle<R>().get(call.timeout(0), call.where);
  if constexpr (std::is_same_v<R, Many>)
    return {List{std::move(value)}};
  else
    return value;
}
template <class R>
Payload wait(Call& call) {
  call.handle<R>().wait(call.timeout(0), call.where);
  return none();
}
template <class R>
Payload ready(Call& call) {
  return payload_of(call.handle<R>().ready(call.where));
}
template <class R>
Payload successful(Call& call) {
  return payload_of(call.handle<R>().successful(call.where));
}
Payload next(Call& call) { return call.handle<Iteration>().next(call.timeout(0), call.where); }

Objects make_pool(Call& call) {
  std::optional<int> processes;
  if (call.has(0) && !is_none(call.payload(0))) processes = call.small_integer(0, 0);
  return {hold(call.handle<mp::Manager>().Pool(
      processes, {.initializer = {}, .maxtasksperchild = call.integer(1), .name = call.name()}, call.where))};
}

constexpr Parameter pool_parameters[] = {{"processes", ParameterKind::integer, true},
                                         {"maxtasksperchild", ParameterKind::integer, true}};
constexpr Parameter apply_parameters[] = {{"func", ParameterKind::function},
                                          {"args", ParameterKind::any, true}};
constexpr Parameter map_parameters[] = {
    {"func", ParameterKind::function}, {"iterable"}, {"chunksize", ParameterKind::integer, true}};

constexpr OperationRow pool_rows[] = {
    {"apply", Form::call, apply_parameters, &apply},
    {"map", Form::call, map_parameters, &map<Each::element>},
    {"starmap", Form::call, map_parameters, &map<Each::list>},
    {"close", Form::call, {}, &close},
    {"terminate", Form::call, {}, &terminate},
    {"join", Form::call, {}, &join},
};
template <class R>
constexpr OperationRow result_rows[] = {
    {"get", Form::call, timeout_parameters, &get<R>},
    {"wait", Form::call, timeout_parameters, &wait<R>},
    {"ready", Form::call, {}, &ready<R>},
    {"successful", Form::call, {}, &successful<R>},
};
constexpr OperationRow iteration_rows[] = {{"next", Form::call, timeout_parameters, &next}};

const KindRow pool_proxy{"PoolProxy", pool_rows, &decode_handle<Pool>};
const KindRow result_proxy{"AsyncResultProxy", result_rows<One>, &decode_handle<One>};
const KindRow map_result_proxy{"MapResultProxy", result_rows<Many>, &decode_handle<Many>};
const KindRow iterator_proxy{"IteratorProxy", iteration_rows, &decode_handle<Iteration>};

}  // namespace

const MakerRow managed_pool_maker{"Pool", "Manager", pool_parameters, &pool_proxy, 1, &make_pool};
const MakerRow managed_pool_apply_async{"apply_async", "PoolProxy", apply_parameters,
                                        &result_proxy, 1,           &apply_async};
const MakerRow managed_pool_map_async{"map_async",       "PoolProxy", map_parameters,
                                      &map_result_proxy, 1,           &map_async<Each::element>};
const MakerRow managed_pool_starmap_async{"starmap_async",   "PoolProxy", map_parameters,
                                          &map_result_proxy, 1,           &map_async<Each::list>};
const MakerRow managed_pool_imap{"imap", "PoolProxy", map_parameters, &iterator_proxy, 1, &imap};
const MakerRow managed_pool_imap_unordered{"imap_unordered", "PoolProxy", map_parameters,
                                           &iterator_proxy,  1,           &imap_unordered};

}  // namespace heddle::programs
