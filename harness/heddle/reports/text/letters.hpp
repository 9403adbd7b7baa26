// Text as it stands on a terminal: how wide it is, how it is cut and padded, what colour it has. Widths are
// counted in code points, which is right for all that heddle itself writes and near enough for the rest.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <mp/os/location.hpp>

namespace heddle::text {

std::size_t width_of(std::string_view text);

/// At most `width` columns; what is cut ends in an ellipsis.
std::string cut(std::string_view text, std::size_t width);

/// Exactly `width` columns, text to the left.
std::string padded(std::string_view text, std::size_t width);

/// Broken between words into lines of at most `width` columns, each after `indent` spaces and ended.
std::string wrapped(std::string_view text, std::size_t width, std::size_t indent);

/// Control characters replaced, so that a value can neither break a line nor speak to the terminal.
std::string printable(std::string_view text);

/// "1,234,567", the same in every locale.
std::string grouped(std::uint64_t number);

/// "3 executions", "1 execution".
std::string counted(std::uint64_t number, std::string_view noun);

/// "queue/worker.cpp:31": the last two components of the path. Empty for an unknown place.
std::string place_of(const mp::Location& where);

enum class Ink : std::uint8_t { plain, bold, faint, red, yellow, green, cyan };

/// Colours text, or leaves it alone.
class Painter {
 public:
  explicit Painter(bool colour) : colour_(colour) {}
  std::string paint(Ink ink, std::string_view text) const;

 private:
  bool colour_;
};

}  // namespace heddle::text
