// The worlds a program can run in, by the names users give them.
#pragma once

#include <span>
#include <string_view>

namespace heddle {

struct WorldRow {
  std::string_view name;
  std::string_view summary;  // one line, the same words as docs/reference/worlds.md
  bool decides;              // it makes every choice, so strategies, granularity and tokens mean something
};

std::span<const WorldRow> worlds();

/// nullptr for an unknown name.
const WorldRow* find_world(std::string_view name);

}  // namespace heddle
