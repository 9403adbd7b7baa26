// A property of primitives wherever they live: the same pieces make a program over a process's own primitives
// and one over a manager's. Its name stands once, in the table's row, and goes into its programs.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include <properties/property.hpp>
#include <properties/writer.hpp>

namespace heddle::properties {

/// A text as an argument of a template.
template <std::size_t length>
struct Name {
  constexpr Name(const char (&from)[length]) { std::copy_n(from, length, text); }
  char text[length] = {};
};

template <Name name, auto write, Home home>
std::string draw_at(Random& random, std::uint32_t size) {
  Writer writer(random, size, home);
  write(writer);
  return writer.text(name.text);
}

/// `write`: void(Writer&), all of a program but its name.
template <Name name, auto write, Home home = Home::own>
constexpr Property property(std::string_view sentence) {
  return {.name = name.text, .sentence = sentence, .draw = &draw_at<name, write, home>};
}

}  // namespace heddle::properties
