// What a process does to itself and says to the harness.
#include <algorithm>

#include <heddle/core/session.hpp>
#include <heddle/programs/exceptions.hpp>
#include <heddle/programs/objects/rows.hpp>
#include <mp/channel/wait.hpp>
#include <mp/process/current_process.hpp>
#include <mp/process/process.hpp>

namespace heddle::programs {
namespace {

Payload sleep(Call& call) {
  mp::sleep(std::chrono::duration<double>(call.seconds(0)), call.where);
  return none();
}
/// As sys.exit: words are status 1, a truth value counts as a number, None as 0 (PROC-05).
Payload exit(Call& call) {
  const Payload code = call.has(0) ? call.payload(0) : none();
  if (const auto* words = std::get_if<std::string>(&code.kind)) mp::exit(*words);
  if (const auto* truth = std::get_if<bool>(&code.kind)) mp::exit(*truth ? 1 : 0);
  if (is_none(code)) mp::exit(0);
  mp::exit(static_cast<int>(call.integer(0, 0)));
}
Payload raise(Call& call) {
  find_exception(call.text(0))->raise("raised by the program");
  return none();
}
Payload record(Call& call) {
  if (Session* here = session()) here->outcome(literal(call.payload(0)));
  return none();
}
/// The list and one item more.
Payload append(Call& call) {
  const auto* list = std::get_if<List>(&call.payload(0).kind);
  if (list == nullptr) throw TypeError(literal(call.payload(0)) + " is no list");
  List longer = *list;
  longer.items.push_back(call.payload(1));
  Payload result{std::move(longer)};
  if (!is_within_limits(result)) throw mp::ValueError("the list would be beyond the limits");
  return result;
}
/// 0..n-1: an alternative that the harness explores.
Payload choose(Call& call) {
  const auto count = static_cast<std::uint32_t>(std::clamp<std::int64_t>(call.integer(0, 1), 1, UINT32_MAX));
  Session* here = session();
  return payload_of(std::int64_t{here == nullptr || count < 2 ? 0 : here->choose(count)});
}
/// Their names, oldest first.
Payload active_children(Call& call) {
  List names;
  for (const mp::ProcessHandle& child : mp::active_children(call.where))
    names.items.push_back(payload_of(child.name()));
  return {std::move(names)};
}

mp::Waitable waitable(const Named& named) {
  if (named.object != nullptr) return static_cast<Held<mp::Connection>*>(named.object)->handle;
  const auto* fd = std::get_if<std::int64_t>(&named.payload->kind);
  if (fd != nullptr && std::in_range<mp::Descriptor>(*fd)) return static_cast<mp::Descriptor>(*fd);
  throw TypeError("one can wait for a connection or a sentinel, not for " + literal(*named.payload));
}
/// The names of those that are ready, in the order given.
Payload wait(Call& call) {
  const std::vector<Named>& all = call.named(0);
  std::vector<mp::Waitable> waitables;
  for (const Named& named : all) waitables.push_back(waitable(named));
  const std::vector<mp::Waitable> ready = mp::wait(waitables, call.timeout(1), call.where);
  List names;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (std::ranges::find(ready, waitables[i]) != ready.end())
      names.items.push_back(payload_of(std::string(all[i].name)));
  return {std::move(names)};
}

constexpr Parameter seconds[] = {{"seconds", ParameterKind::seconds}};
constexpr Parameter code[] = {{"code", ParameterKind::any, true}};
constexpr Parameter exception[] = {{"exception", ParameterKind::exception}};
constexpr Parameter value[] = {{"value"}};
constexpr Parameter list_and_item[] = {{"list"}, {"item"}};
constexpr Parameter count[] = {{"count", ParameterKind::integer}};
constexpr std::string_view waited_for[] = {"Connection"};
constexpr Parameter waiting[] = {{"object_list", ParameterKind::objects, false, waited_for},
                                 {"timeout", ParameterKind::seconds, true}};

constexpr OperationRow rows[] = {
    {"sleep", Form::call, seconds, &sleep},
    {"exit", Form::call, code, &exit},
    {"append", Form::call, list_and_item, &append},
    {"raise", Form::call, exception, &raise},
    {"record", Form::call, value, &record},
    {"choose", Form::call, count, &choose},
    {"active_children", Form::call, {}, &active_children},
    {"wait", Form::call, waiting, &wait},
};

}  // namespace

const KindRow function_rows{"", rows, nullptr};

}  // namespace heddle::programs
