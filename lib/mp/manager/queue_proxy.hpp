// A Queue or JoinableQueue in a manager's server: the same class there, so both have task_done and join. What
// is put is in the queue when put returns (MGR-08); there is no close. A client that is killed while it waits
// in get takes no item (the cure of MGR-11).
#pragma once

#include <mp/manager/proxy.hpp>

namespace mp {

namespace manager {
inline constexpr ProxyType queue_proxy{"QueueProxy", "Queue", ObjectKind::queue};
inline constexpr ProxyType joinable_queue_proxy{"JoinableQueueProxy", "JoinableQueue",
                                                ObjectKind::joinable_queue};
}  // namespace manager

/// T needs a codec.
template <class T, const manager::ProxyType& which>
class BasicQueueProxy : public Proxy {
 public:
  static constexpr const manager::ProxyType& type = which;
  using Proxy::Proxy;

  /// Waits for a free slot for at most `timeout` seconds: absent for ever; unless `block`, one attempt. Full:
  /// none in time. ValueError: a negative timeout (MGR-20). What encoding throws comes out of here, and
  /// nothing is put.
  void put(const T& item, bool block = true, Timeout timeout = std::nullopt,
           Location where = Location::current()) const {
    Operation operation = begin(Verb::put, where);
    operation.argument([&] { return describe(item); });
    core_.ask(operation, "put",
              {core_.argument(item), core_.argument(block), core_.argument(in_seconds(timeout))}, where);
    operation.succeed(is_none(item) ? 1 : 0);
  }
  void put_nowait(const T& item, Location where = Location::current()) const {
    put(item, false, std::nullopt, where);
  }
  /// The next item; waits as put does. Empty: none in time. DecodeError: it is no T; the item is consumed.
  T get(bool block = true, Timeout timeout = std::nullopt, Location where = Location::current()) const {
    Operation operation = begin(Verb::get, where);
    T item = Proxy::get<T>(operation, "get", where, block, in_seconds(timeout));
    operation.succeed_with([&] { return describe(item); }, is_none(item) ? 1 : 0);
    return item;
  }
  T get_nowait(Location where = Location::current()) const { return get(false, std::nullopt, where); }

  int qsize(Location where = Location::current()) const {
    Operation operation = begin(Verb::qsize, where);
    const int size = Proxy::get<int>(operation, "qsize", where);
    operation.succeed(size);
    return size;
  }
  bool empty(Location where = Location::current()) const { return is(Verb::empty, "empty", where); }
  bool full(Location where = Location::current()) const { return is(Verb::full, "full", where); }

  /// One item got is done. ValueError if none is unfinished.
  void task_done(Location where = Location::current()) const {
    Operation operation(os(), Verb::task_done, ObjectKind::joinable_queue, core_.object(), where);
    telling<ValueError>("task-done-overflow", ObjectKind::joinable_queue, core_.object(), where,
                        [&] { return call(operation, "task_done", where); });
    operation.succeed();
  }
  /// Waits until no item is unfinished.
  void join(Location where = Location::current()) const {
    Operation operation(os(), Verb::join, ObjectKind::joinable_queue, core_.object(), where);
    call(operation, "join", where);
    operation.succeed();
  }

  static BasicQueueProxy decode(Decoder& decoder) {
    return BasicQueueProxy(manager::ProxyCore::decode(decoder, type));
  }

 private:
  bool is(Verb verb, std::string_view method, Location where) const {
    Operation operation = begin(verb, where);
    const bool is_it = Proxy::get<bool>(operation, method, where);
    operation.succeed(is_it ? 1 : 0);
    return is_it;
  }
};

template <class T>
using QueueProxy = BasicQueueProxy<T, manager::queue_proxy>;
template <class T>
using JoinableQueueProxy = BasicQueueProxy<T, manager::joinable_queue_proxy>;

}  // namespace mp
