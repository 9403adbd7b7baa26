// See the header. UTF-8 is looked at only as far as telling first bytes from continuation bytes.
#include <algorithm>

#include <heddle/reports/text/letters.hpp>

namespace heddle::text {
namespace {

constexpr std::string_view ellipsis = "…";

bool starts_a_letter(char byte) { return (static_cast<unsigned char>(byte) & 0xc0u) != 0x80u; }

std::string_view code_of(Ink ink) {
  switch (ink) {
    case Ink::plain:
      return "";
    case Ink::bold:
      return "\033[1m";
    case Ink::faint:
      return "\033[2m";
    case Ink::red:
      return "\033[1;31m";
    case Ink::yellow:
      return "\033[1;33m";
    case Ink::green:
      return "\033[1;32m";
    case Ink::cyan:
      return "\033[36m";
  }
  return "";
}

}  // namespace

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, starts_a_letter));
}

std::string cut(std::string_view text, std::size_t width) {
  if (width_of(text) <= width) return std::string(text);
  if (width == 0) return "";
  std::size_t letters = 0;
  std::size_t end = 0;
  for (; end < text.size(); ++end)
    if (starts_a_letter(text[end]) && ++letters == width) break;
  return std::string(text.substr(0, end)) + std::string(ellipsis);
}

std::string padded(std::string_view text, std::size_t width) {
  std::string whole = cut(text, width);
  whole.append(width - width_of(whole), ' ');
  return whole;
}

std::string wrapped(std::string_view text, std::size_t width, std::size_t indent) {
  std::string lines;
  std::string line(indent, ' ');
  bool is_empty = true;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string_view word = text.substr(at, end - at);
    at = end + 1;
    if (!is_empty && width_of(line) + 1 + width_of(word) > width) {
      lines += line + "\n";
      line.assign(indent, ' ');
      is_empty = true;
    }
    if (!is_empty) line += ' ';
    line += word;
    is_empty = false;
  }
  return lines + line + "\n";
}

std::string printable(std::string_view text) {
  std::string clean;
  for (const char byte : text) {
    const auto code = static_cast<unsigned char>(byte);
    if (byte == '\n')
      clean += "\\n";
    else
      clean += code < 0x20 || code == 0x7f ? '?' : byte;
  }
  return clean;
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string counted(std::uint64_t number, std::string_view noun) {
  return grouped(number) + " " + std::string(noun) + (number == 1 ? "" : "s");
}

std::string place_of(const mp::Location& where) {
  const std::string_view path = where.file_name();
  if (path.empty()) return "";
  std::size_t start = path.rfind('/');
  if (start != std::string_view::npos && start > 0) start = path.rfind('/', start - 1);
  start = start == std::string_view::npos ? 0 : start + 1;
  return std::string(path.substr(start)) + ":" + std::to_string(where.line());
}

std::string Painter::paint(Ink ink, std::string_view text) const {
  if (!colour_ || ink == Ink::plain) return std::string(text);
  return std::string(code_of(ink)) + std::string(text) + "\033[0m";
}

}  // namespace heddle::text
