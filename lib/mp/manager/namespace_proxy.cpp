// The names that are the proxy's own.
#include <mp/manager/namespace_proxy.hpp>

namespace mp {

namespace {

AttributeError missing(const std::string& name) {
  return AttributeError("'NamespaceProxy' object has no attribute '" + name + "'");
}

}  // namespace

const Bytes& NamespaceProxy::own(const std::string& name) const {
  const auto found = own_.find(name);
  if (found == own_.end()) throw missing(name);
  return found->second;
}

void NamespaceProxy::del(const std::string& name, Location where) {
  if (is_own(name)) {
    if (own_.erase(name) == 0) throw missing(name);
    return;
  }
  Operation operation = begin(Verb::store, where);
  operation.argument([&] { return describe(name); });
  call(operation, "del", where, name);
  operation.succeed();
}

}  // namespace mp
