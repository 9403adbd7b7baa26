// A Manager: a server process for objects that other processes use through proxies. It is started by the
// constructor and asked to end by shutdown(), which the destructor and the exit sequence call too.
//
// Rows met: of MGR-01 the dict; MGR-02..07, MGR-15, MGR-17. The server listens on an abstract unix socket
// that exists before the server does, so no proxy can come too early. There is no authentication: MGR-18 is
// not offered, and any process of the machine's network namespace may connect. As every child by fork, the
// server inherits the descriptors that its creator has at that moment.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <mp/manager/dict_proxy.hpp>
#include <mp/os/operation.hpp>
#include <mp/shared/exit_duty.hpp>
#include <mp/shared/name_option.hpp>

namespace mp {

class Manager {
 public:
  /// Starts the server. OSError if the machine refuses; AssertionError in a daemonic process (PROC-08).
  explicit Manager(NameOption options = {}, Location where = Location::current());
  Manager(Manager&&) noexcept = default;
  Manager& operator=(Manager&&) = delete;
  ~Manager();  // shutdown()

  /// A new, empty dict. It lives until its last proxy goes (MGR-15). `name`: for reports.
  /// AssertionError after shutdown(); what a proxy's methods throw when the server is gone.
  template <class K, class V>
  DictProxy<K, V> dict(std::string_view name = {}, Location where = Location::current()) {
    return DictProxy<K, V>(create_dict(name, where));
  }

  /// Asks the server to end and waits until it has; within two seconds it is killed. Proxies are of no use
  /// afterwards. A second time does nothing (MGR-17).
  void shutdown(Location where = Location::current());

  /// Where the server listens.
  const std::string& address() const;
  ObjectId object() const;

 private:
  struct Running;

  manager::ProxyCore create_dict(std::string_view name, Location where);

  std::shared_ptr<Running> running_;  // null once moved from
};

}  // namespace mp
