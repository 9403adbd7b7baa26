// See the header.
#include <unistd.h>

#include <adapters/kit/lines.hpp>
#include <array>
#include <cerrno>

namespace adapter_kit {

std::optional<std::vector<std::string>> Lines::read() {
  std::array<char, 65'536> data{};
  ssize_t size = 0;
  do size = ::read(descriptor, data.data(), data.size());
  while (size < 0 && errno == EINTR);
  if (size <= 0) return std::nullopt;
  rest.append(data.data(), static_cast<std::size_t>(size));
  std::vector<std::string> lines;
  std::size_t begin = 0;
  for (std::size_t end = 0; (end = rest.find('\n', begin)) != std::string::npos; begin = end + 1)
    lines.push_back(rest.substr(begin, end - begin));
  rest.erase(0, begin);
  return lines;
}

void write_line(int descriptor, const std::string& line) {
  const std::string whole = line + "\n";
  for (std::size_t at = 0; at < whole.size();) {
    const ssize_t written = ::write(descriptor, whole.data() + at, whole.size() - at);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    at += static_cast<std::size_t>(written);
  }
}

}  // namespace adapter_kit
