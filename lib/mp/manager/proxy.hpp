// What all proxies have in common: calls whose arguments and results have types, and what one can ask of a
// proxy whatever its object is. The proxies themselves are beside this file.
//
// Every method of a proxy may throw, besides what it says: OSError, BrokenPipeError or EOFError when the
// server is gone (MGR-17), AuthenticationError when it does not accept the key (MGR-18), RemoteError when it
// fails (MGR-07), DecodeError when the object holds something else than the proxy's type says.
#pragma once

#include <optional>
#include <string>

#include <mp/manager/proxy_core.hpp>
#include <mp/shared/os_failure.hpp>

namespace mp {

/// Move only; a child and whoever gets it in a message have one of their own.
class Proxy {
 public:
  explicit Proxy(manager::ProxyCore core) : core_(std::move(core)) {}

  /// The referent as Python writes it, as far as bytes tell: a pair is a list (MGR-06). Not for objects that
  /// have nothing to show: AttributeError.
  std::string str(Location where = Location::current()) const;
  /// The proxy itself: "<ListProxy object, typeid 'list'>".
  std::string repr() const;

  ObjectId object() const { return core_.object(); }
  void encode(Encoder& encoder) const { core_.encode(encoder); }

 protected:
  Operation begin(Verb verb, Location where) const {
    return Operation(os(), verb, core_.type().kind, core_.object(), where);
  }
  /// A call with these arguments.
  template <class... A>
  manager::Reply call(const Operation& operation, std::string_view method, Location where,
                      const A&... arguments) const {
    return core_.ask(operation, method, {core_.argument(arguments)...}, where);
  }
  /// The same, for a call that gives one value.
  template <class R, class... A>
  R get(const Operation& operation, std::string_view method, Location where, const A&... arguments) const {
    return core_.result<R>(manager::only(call(operation, method, where, arguments...)));
  }
  /// A call that the object may reject: then it is told as misuse under the rule's id, and thrown.
  template <class E, class Call>
  auto telling(std::string_view rule, ObjectKind kind, ObjectId object, Location where, Call&& call) const {
    try {
      return call();
    } catch (const E& error) {
      report_misuse(os(), kind, object, rule, error.what(), where);
      throw;
    }
  }

  manager::ProxyCore core_;
};

/// Seconds as they cross.
inline std::optional<double> in_seconds(Timeout timeout) {
  return timeout ? std::optional<double>(timeout->count()) : std::nullopt;
}

}  // namespace mp
