// See the header.
#include <heddle/core/xml_text.hpp>

namespace heddle {

std::string xml_text(std::string text) {
  for (char& letter : text)
    if (static_cast<unsigned char>(letter) < ' ' && letter != '\n' && letter != '\t') letter = '?';
  return text;
}

}  // namespace heddle
