// See the header. The variables are those of no-color.org and bixense.com/clicolors.
#include <sys/ioctl.h>
#include <unistd.h>

#include <charconv>
#include <string_view>

#include <heddle/cli/terminal.hpp>

namespace heddle::cli {
namespace {

constexpr std::size_t width_default = 100;
constexpr std::size_t width_min = 40;
constexpr std::size_t width_max = 1000;

std::string_view value_of(const Environment& environment, const char* name) {
  const char* value = environment(name);
  return value == nullptr ? "" : value;
}

bool wants_colour(bool is_live, const Environment& environment) {
  if (!value_of(environment, "NO_COLOR").empty()) return false;
  const std::string_view forced = value_of(environment, "CLICOLOR_FORCE");
  return is_live || (!forced.empty() && forced != "0");
}

}  // namespace

Terminal terminal_of(bool is_terminal, std::size_t columns, const Environment& environment) {
  Terminal terminal;
  terminal.is_live = is_terminal && value_of(environment, "TERM") != "dumb";
  terminal.colour = wants_colour(terminal.is_live, environment);
  const std::string_view asked = value_of(environment, "COLUMNS");
  std::from_chars(asked.data(), asked.data() + asked.size(), columns);
  terminal.width = columns < width_min || columns > width_max ? width_default : columns;
  return terminal;
}

Terminal terminal_of(int fd, const Environment& environment) {
  winsize size{};
  const bool has_size = ::ioctl(fd, TIOCGWINSZ, &size) == 0;
  return terminal_of(::isatty(fd) == 1, has_size ? size.ws_col : 0, environment);
}

}  // namespace heddle::cli
