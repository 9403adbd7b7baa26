// A wait is one request, however often the lock changes hands meanwhile.
#include <mp/manager/condition_proxy.hpp>

#include <mp/errors.hpp>

namespace mp {

namespace {
constexpr std::string_view rule = "condition-without-lock";
}

bool ConditionProxy::acquire(bool block, Timeout timeout, Location where) const {
  return manager::acquire_lock(core_, core_.lock(), true, block, timeout, where);
}

void ConditionProxy::release(Location where) const {
  manager::release_lock(core_, core_.lock(), true, where);
}

Timeout ConditionProxy::left_until(Instant deadline) {
  if (deadline == never) return std::nullopt;
  if (deadline == immediately) return Timeout(0);
  return std::chrono::duration<double>(deadline - os().now());
}

Operation ConditionProxy::begin_with_lock(Verb verb, Location where) const {
  return Operation(os(), verb, ObjectKind::condition, core_.object(), where, core_.lock());
}

bool ConditionProxy::wait(Timeout timeout, Location where) const {
  Operation operation = begin_with_lock(Verb::wait, where);
  const bool notified = telling<RuntimeError>(rule, ObjectKind::condition, core_.object(), where, [&] {
    return get<bool>(operation, "wait", where, in_seconds(timeout));
  });
  if (notified) operation.succeed();
  return notified;
}

// The operation's number is how many were notified: 0 is a notification that nobody will ever see.
void ConditionProxy::notify(int count, Location where) const {
  Operation operation = begin_with_lock(Verb::notify, where);
  operation.succeed(telling<RuntimeError>(rule, ObjectKind::condition, core_.object(), where, [&] {
    return get<std::int64_t>(operation, "notify", where, std::int64_t{count});
  }));
}

void ConditionProxy::notify_all(Location where) const {
  Operation operation = begin_with_lock(Verb::notify_all, where);
  operation.succeed(telling<RuntimeError>(rule, ObjectKind::condition, core_.object(), where,
                                          [&] { return get<std::int64_t>(operation, "notify_all", where); }));
}

}  // namespace mp
