// What the server says of an object.
#include <mp/manager/proxy.hpp>

#include <fmt/format.h>

#include <mp/errors.hpp>

namespace mp {

std::string Proxy::str(Location where) const {
  Operation operation = begin(Verb::load, where);
  std::string words = get<std::string>(operation, "str", where);
  operation.succeed_with([&] { return words; });
  return words;
}

std::string Proxy::repr() const {
  return fmt::format("<{} object, typeid '{}'>", core_.type().name, core_.type().type_id);
}

}  // namespace mp
