// One request per operation.
#include <mp/manager/event_proxy.hpp>

namespace mp {

void EventProxy::set(Location where) const {
  Operation operation = begin(Verb::set, where);
  call(operation, "set", where);
  operation.succeed();
}

void EventProxy::clear(Location where) const {
  Operation operation = begin(Verb::clear, where);
  call(operation, "clear", where);
  operation.succeed();
}

bool EventProxy::is_set(Location where) const {
  Operation operation = begin(Verb::is_set, where);
  const bool is_it = get<bool>(operation, "is_set", where);
  operation.succeed(is_it ? 1 : 0);
  return is_it;
}

bool EventProxy::wait(Timeout timeout, Location where) const {
  Operation operation = begin(Verb::wait, where);
  const bool was_set = get<bool>(operation, "wait", where, in_seconds(timeout));
  if (was_set) operation.succeed();
  return was_set;
}

}  // namespace mp
