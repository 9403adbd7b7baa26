// See the header.
#include <heddle/core/shell_word.hpp>

namespace heddle {

std::string shell_word(const std::string& text) {
  if (!text.empty() && text.find_first_of(" \t\n'\"\\$`*?[#~=%&;|<>(){}!") == std::string::npos) return text;
  std::string made = "'";
  for (const char each : text) made += each == '\'' ? "'\\''" : std::string(1, each);
  return made + "'";
}

}  // namespace heddle
