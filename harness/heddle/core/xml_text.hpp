// Text that XML can hold.
#pragma once

#include <string>

namespace heddle {

/// The text with a question mark for each letter that XML 1.0 has none for: what is below the blank, but for
/// line ends and tabs. Whoever writes the XML escapes the rest.
std::string xml_text(std::string text);

}  // namespace heddle
