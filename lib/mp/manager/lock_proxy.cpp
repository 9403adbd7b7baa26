// One request per operation; what the server raises is told as the misuse that it is.
#include <mp/manager/lock_proxy.hpp>

#include <mp/errors.hpp>

namespace mp::manager {

namespace {

// An RLock says how often the caller has it, a Lock whether it does.
std::int64_t depth_in(const ProxyCore& core, const Reply& reply, bool is_recursive) {
  if (is_recursive) return core.result<std::int64_t>(only(reply));
  return core.result<bool>(only(reply)) ? 1 : 0;
}

std::vector<Value> waiting_arguments(const ProxyCore& core, bool block, Timeout timeout) {
  return {core.argument(block), core.argument(in_seconds(timeout))};
}

}  // namespace

bool acquire_lock(const ProxyCore& core, ObjectId lock, bool is_recursive, bool block, Timeout timeout,
                  Location where) {
  Operation operation(os(), Verb::acquire, ObjectKind::lock, lock, where);
  const Reply reply = core.ask(operation, "acquire", waiting_arguments(core, block, timeout), where);
  const std::int64_t depth = depth_in(core, reply, is_recursive);
  if (depth == 0) return false;
  operation.succeed(depth);
  return true;
}

void release_lock(const ProxyCore& core, ObjectId lock, bool is_recursive, Location where) {
  Operation operation(os(), Verb::release, ObjectKind::lock, lock, where);
  try {
    const Reply reply = core.ask(operation, "release", {}, where);
    operation.succeed(is_recursive ? depth_in(core, reply, true) : 0);
  } catch (const RuntimeError& error) {
    report_misuse(os(), ObjectKind::lock, lock, is_recursive ? "rlock-foreign-release" : "lock-over-release",
                  error.what(), where);
    throw;
  }
}

bool acquire_semaphore(const ProxyCore& core, bool block, Timeout timeout, Location where) {
  Operation operation(os(), Verb::acquire, ObjectKind::semaphore, core.object(), where);
  const Reply reply = core.ask(operation, "acquire", waiting_arguments(core, block, timeout), where);
  if (!core.result<bool>(only(reply))) return false;
  operation.succeed();
  return true;
}

void release_semaphore(const ProxyCore& core, Location where) {
  Operation operation(os(), Verb::release, ObjectKind::semaphore, core.object(), where);
  try {
    core.ask(operation, "release", {}, where);
  } catch (const ValueError& error) {
    report_misuse(os(), ObjectKind::semaphore, core.object(), "semaphore-over-release", error.what(), where);
    throw;
  }
  operation.succeed();
}

}  // namespace mp::manager
