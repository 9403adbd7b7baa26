// Lines over a pipe or a socket.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace adapter_kit {

/// What comes from a descriptor, by lines: one read may give several, or a part of one.
struct Lines {
  explicit Lines(int of) : descriptor(of) {}
  /// Those that are complete; absent at the end. Waits until something is there.
  std::optional<std::vector<std::string>> read();
  int descriptor;
  std::string rest = {};
};

/// A line for somebody who is gone is lost.
void write_line(int descriptor, const std::string& line);

}  // namespace adapter_kit
