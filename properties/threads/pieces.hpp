// Threads in a program's text.
#pragma once

#include <cstdint>
#include <string_view>

#include <properties/writer.hpp>

namespace heddle::properties {

/// Two or three of them, with the names NAME1 and so on; `line` writes the operations of each.
template <class Line>
std::uint32_t write_threads(Writer& writer, std::string_view name, Line&& line) {
  const std::uint32_t count = writer.between(2, 3);
  for (std::uint32_t thread = 1; thread <= count; ++thread) {
    writer.joined(fmt::format("{}{}", name, thread));
    writer.script(fmt::format("thread {}{}", name, thread));
    writer.line(writer.pause());
    line(thread);
  }
  return count;
}

}  // namespace heddle::properties
