// A Manager: a server process for objects that other processes use through proxies. It is started by the
// constructor, unless told otherwise, and asked to end by shutdown(), which the destructor and the exit
// sequence call too. Any process that knows the address and the key may connect() to it.
//
// Rows met: MGR-01 (a Barrier has no action), MGR-02..09, MGR-12, MGR-13, MGR-15, MGR-17, MGR-18, MGR-20,
// MGR-21; MGR-11, MGR-14, MGR-16 and MGR-19 cured. The server listens before its
// process is there, so no proxy can come too early. As every child by fork, it inherits the descriptors that
// its creator has at that moment.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <mp/channel/address.hpp>
#include <mp/manager/array_proxy.hpp>
#include <mp/manager/barrier_proxy.hpp>
#include <mp/manager/condition_proxy.hpp>
#include <mp/manager/dict_proxy.hpp>
#include <mp/manager/event_proxy.hpp>
#include <mp/manager/list_proxy.hpp>
#include <mp/manager/lock_proxy.hpp>
#include <mp/manager/managed_class.hpp>
#include <mp/manager/namespace_proxy.hpp>
#include <mp/manager/pool_proxy.hpp>
#include <mp/manager/queue_proxy.hpp>
#include <mp/manager/server.hpp>
#include <mp/manager/value_proxy.hpp>
#include <mp/os/operation.hpp>
#include <mp/process/authentication_key.hpp>

namespace mp {

struct ManagerOptions {
  enum class Start : std::uint8_t { at_once, later };

  std::string_view name = {};                               // for reports; read during construction only
  Address address = {};                                     // None: a fresh abstract one; port 0: a free one
  std::optional<AuthenticationKey> authkey = std::nullopt;  // absent: the process's own
  Start start = Start::at_once;
};

class Manager {
 public:
  /// Starts the server, unless it is to start later. OSError if the machine refuses; AssertionError in a
  /// daemonic process (PROC-08).
  explicit Manager(const ManagerOptions& options = {}, Location where = Location::current());
  Manager(Manager&&) noexcept = default;
  Manager& operator=(Manager&&) = delete;
  ~Manager();  // shutdown(), of one that was started here

  /// A manager that another process, or another Manager, has started. ConnectionRefusedError,
  /// FileNotFoundError: nobody listens there.
  /// AuthenticationError: it does not accept the key (MGR-18).
  static Manager connect(const Address& address, std::optional<AuthenticationKey> authkey = std::nullopt,
                         std::string_view name = {}, Location where = Location::current());

  /// ProcessError: it has been started before, whatever has become of it, or is another's (MGR-17).
  void start(Location where = Location::current());
  /// Asks the server to end and waits until it has; within two seconds it is killed. Proxies are of no use
  /// afterwards. A second time does nothing (MGR-17). AttributeError: it is another's.
  void shutdown(Location where = Location::current());

  /// Clients may create objects of class T under this name. AssertionError once it has been started.
  template <class T>
  void register_class(std::string_view name) {
    add_type({.name = std::string(name), .make = &manager::ForeignObject<T>::make});
  }
  /// All who create an object under this name share one, of a type that there is (its typeid), made from
  /// these arguments at the first creation. AssertionError once it has been started.
  template <class... A>
  void register_shared(std::string_view name, std::string_view type_id, const A&... arguments) {
    add_type({.name = std::string(name),
              .shared_type = std::string(type_id),
              .shared_arguments = encode_message(std::vector<Bytes>{encode_message(arguments)...})});
  }

  // New objects. They live until their last proxy goes and no other object holds them (MGR-15). `name`: for
  // reports. AssertionError before start() and after shutdown(); what a proxy's methods throw when the server
  // is gone; RemoteError: the constructor's arguments are wrong.
  template <class T>
  ListProxy<T> list(std::string_view name = {}, Location where = Location::current()) {
    return list<T>(std::vector<T>(), name, where);
  }
  template <class T>
  ListProxy<T> list(const std::vector<T>& values, std::string_view name = {},
                    Location where = Location::current()) {
    std::vector<manager::Value> arguments;
    for (const T& value : values) arguments.push_back(encoded(value));
    return make<ListProxy<T>>(std::move(arguments), {name, where});
  }
  template <class K, class V>
  DictProxy<K, V> dict(std::string_view name = {}, Location where = Location::current()) {
    return make<DictProxy<K, V>>({}, {name, where});
  }
  template <class K, class V>
  DictProxy<K, V> dict(const std::map<K, V>& values, std::string_view name = {},
                       Location where = Location::current()) {
    std::vector<manager::Value> arguments;
    for (const auto& [key, value] : values) {
      arguments.push_back(encoded(key));
      arguments.push_back(encoded(value));
    }
    return make<DictProxy<K, V>>(std::move(arguments), {name, where});
  }
  NamespaceProxy Namespace(std::string_view name = {}, Location where = Location::current());
  /// The typecode is ignored, as in Python (MGR-12).
  template <class T>
  ValueProxy<T> Value(std::string_view typecode, const T& value, std::string_view name = {},
                      Location where = Location::current()) {
    static_cast<void>(typecode);
    return make<ValueProxy<T>>({encoded(value)}, {name, where});
  }
  /// The typecode is for str(); that the elements fit is seen to by T. RemoteError: array has no such
  /// typecode
  /// ('c', MGR-12).
  template <class T>
  ArrayProxy<T> Array(std::string_view typecode, const std::vector<T>& values, std::string_view name = {},
                      Location where = Location::current()) {
    std::vector<manager::Value> arguments{encoded(std::string(typecode))};
    for (const T value : values) arguments.push_back(encoded(value));
    return make<ArrayProxy<T>>(std::move(arguments), {name, where});
  }
  LockProxy Lock(std::string_view name = {}, Location where = Location::current());
  RLockProxy RLock(std::string_view name = {}, Location where = Location::current());
  /// RemoteError: `value` is negative.
  SemaphoreProxy Semaphore(int value = 1, std::string_view name = {}, Location where = Location::current());
  BoundedSemaphoreProxy BoundedSemaphore(int value = 1, std::string_view name = {},
                                         Location where = Location::current());
  ConditionProxy Condition(std::string_view name = {}, Location where = Location::current());
  EventProxy Event(std::string_view name = {}, Location where = Location::current());
  /// RemoteError: no party. `timeout`: of waits that have none of their own.
  BarrierProxy Barrier(int parties, Timeout timeout = std::nullopt, std::string_view name = {},
                       Location where = Location::current());
  /// At most `size_max` items; zero and below: any number.
  template <class T>
  QueueProxy<T> Queue(int size_max = 0, std::string_view name = {}, Location where = Location::current()) {
    return make<QueueProxy<T>>({encoded(size_max)}, {name, where, size_max > 0 ? size_max : 0});
  }
  template <class T>
  JoinableQueueProxy<T> JoinableQueue(int size_max = 0, std::string_view name = {},
                                      Location where = Location::current()) {
    return make<JoinableQueueProxy<T>>({encoded(size_max)}, {name, where, size_max > 0 ? size_max : 0});
  }
  /// `processes`: at least 1; absent: as many as the machine runs at a time. RemoteError: below 1, or
  /// maxtasksperchild is, or the machine refuses.
  PoolProxy Pool(std::optional<int> processes = std::nullopt, const ManagedPoolOptions& options = {},
                 Location where = Location::current());
  /// An object of a registered class. RemoteError: no class is registered under that name, or its constructor
  /// throws.
  template <class T, class... A>
  ObjectProxy<T> create(std::string_view type_id, const A&... arguments) {
    return [&]<class... P>(Constructor<P...>) {
      return make_as<ObjectProxy<T>>(type_id, {encoded(std::decay_t<P>(arguments))...},
                                     {type_id, Location::current()});
    }(typename managed_class<T>::constructor());
  }
  /// The one object that is shared under this name, by a proxy of its type: shared<QueueProxy<int>>("tasks").
  template <class P>
  P shared(std::string_view name, Location where = Location::current()) {
    return make_as<P>(name, {}, {name, where});
  }

  /// How many objects there are: for tests of what is held.
  std::size_t number_of_objects(Location where = Location::current());

  /// Where the server listens, and the key that it wants.
  /// None before start() if it was not given.
  Address address() const;
  const AuthenticationKey& authkey() const;
  ObjectId object() const;

 private:
  struct Running;
  explicit Manager(std::shared_ptr<Running> running);

  void add_type(manager::Registered type);
  template <class T>
  manager::Value encoded(const T& value) const {
    return manager::ProxyCore::encoded(home(), value);
  }
  template <class P>
  P make(std::vector<manager::Value> arguments, const manager::Naming& naming) {
    return make_as<P>(P::type.type_id, std::move(arguments), naming);
  }
  template <class P>
  P make_as(std::string_view type_id, std::vector<manager::Value> arguments, const manager::Naming& naming) {
    return P(create_core(P::type, type_id, std::move(arguments), naming));
  }
  manager::ProxyCore create_core(const manager::ProxyType& type, std::string_view type_id,
                                 std::vector<manager::Value> arguments, const manager::Naming& naming);
  const manager::Home& home() const;

  std::shared_ptr<Running> running_;  // null once moved from
};

}  // namespace mp
