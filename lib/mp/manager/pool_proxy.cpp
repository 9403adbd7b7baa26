// One request per operation.
#include <mp/manager/pool_proxy.hpp>

namespace mp {

manager::Reply PoolProxy::submit(Job& job, std::string_view method) const {
  return telling<ValueError>("pool-use-after-close", ObjectKind::pool, object(), job.where, [&] {
    return core_.ask(job.operation, method, std::move(job.arguments), job.where);
  });
}

void PoolProxy::close(Location where) const {
  Operation operation = begin(Verb::close, where);
  call(operation, "close", where);
  operation.succeed();
}

void PoolProxy::terminate(Location where) const {
  Operation operation = begin(Verb::terminate, where);
  call(operation, "terminate", where);
  operation.succeed();
}

void PoolProxy::join(Location where) const {
  Operation operation = begin(Verb::join, where);
  telling<ValueError>("pool-join-before-close", ObjectKind::pool, object(), where,
                      [&] { return call(operation, "join", where); });
  operation.succeed();
}

}  // namespace mp
