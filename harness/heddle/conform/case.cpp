// See the header.
#include <array>

#include <heddle/conform/case.hpp>

namespace heddle::conform {

std::string_view name_of(Level level) {
  constexpr std::array<std::string_view, 3> names{"required", "recommended", "hazard"};
  return names[static_cast<std::size_t>(level)];
}

std::string_view name_of(Status status) {
  constexpr std::array<std::string_view, 4> names{"passed", "failed", "errored", "skipped"};
  return names[static_cast<std::size_t>(status)];
}

std::string_view primitive_of(std::string_view id) { return id.substr(0, id.find('/')); }

}  // namespace heddle::conform
