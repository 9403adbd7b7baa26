// The table of worlds. How each is entered is its own header's affair: one that decides interleavings
// implements core/world.hpp, one that leaves them to the kernel cannot.
#include <algorithm>
#include <array>

#include <heddle/worlds/registry.hpp>

namespace heddle {
namespace {

constexpr std::array table{
    WorldRow{"sim", "a simulated kernel; heddle decides every interleaving", true},
    WorldRow{"host", "real processes under the kernel's own scheduler; nobody decides", false},
};

}  // namespace

std::span<const WorldRow> worlds() { return table; }

const WorldRow* find_world(std::string_view name) {
  const auto found = std::ranges::find(table, name, &WorldRow::name);
  return found == table.end() ? nullptr : &*found;
}

}  // namespace heddle
