// One request per operation.
#include <mp/manager/barrier_proxy.hpp>

namespace mp {

int BarrierProxy::wait(Timeout timeout, Location where) const {
  Operation operation = begin(Verb::wait, where);
  const int index = get<int>(operation, "wait", where, in_seconds(timeout));
  operation.succeed(index);
  return index;
}

void BarrierProxy::abort(Location where) const {
  Operation operation = begin(Verb::abort, where);
  call(operation, "abort", where);
  operation.succeed();
}

void BarrierProxy::reset(Location where) const {
  Operation operation = begin(Verb::reset, where);
  call(operation, "reset", where);
  operation.succeed();
}

bool BarrierProxy::broken(Location where) const {
  Operation operation = begin(Verb::broken, where);
  const bool is_broken = get<bool>(operation, "broken", where);
  operation.succeed(is_broken ? 1 : 0);
  return is_broken;
}

int BarrierProxy::n_waiting(Location where) const {
  Operation operation = begin(Verb::n_waiting, where);
  const int waiting = get<int>(operation, "n_waiting", where);
  operation.succeed(waiting);
  return waiting;
}

int BarrierProxy::parties(Location where) const {
  Operation operation = begin(Verb::load, where);
  const int parties = get<int>(operation, "parties", where);
  operation.succeed(parties);
  return parties;
}

}  // namespace mp
