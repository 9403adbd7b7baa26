// See the header.
#include <array>
#include <charconv>
#include <fstream>
#include <string>
#include <string_view>

#include <heddle/worlds/host/process_stat.hpp>

namespace heddle::host {

std::optional<ProcessStat> stat_of(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  return stat_in(file);
}

// read() and not an iterator over the buffer: to read of a process that has just ended is an error (ESRCH),
// which the buffer throws and read() keeps to itself.
std::optional<ProcessStat> stat_in(std::istream& file) {
  std::array<char, 4096> letters{};
  file.read(letters.data(), letters.size());
  const std::string_view text(letters.data(), static_cast<std::size_t>(file.gcount()));
  const std::size_t name_end = text.rfind(") ");  // the name may hold anything
  if (name_end == std::string_view::npos || name_end + 4 >= text.size()) return std::nullopt;
  ProcessStat stat{.state = text[name_end + 2], .parent = 0};
  std::from_chars(text.data() + name_end + 4, text.data() + text.size(), stat.parent);
  return stat;
}

}  // namespace heddle::host
