// Writes the text of a program, in pieces that come in any order.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include <heddle/core/random.hpp>

namespace heddle::properties {

/// Whose primitives a program uses: its own, or by proxies a manager's, of which the same holds.
enum class Home : std::uint8_t { own, manager };

class Writer {
 public:
  Writer(Random& random, std::uint32_t size, Home home = Home::own)
      : random_(random), size_(size), home_(home) {
    if (home == Home::manager) object("manager = Manager()");
  }

  // --- chance -----------------------------------------------------------------------------------------
  std::uint32_t between(std::uint32_t min, std::uint32_t max) { return min + random_.below(max - min + 1); }
  /// As much as the size has it, `max` at most.
  std::uint32_t some(std::uint32_t max) { return between(1, std::clamp<std::uint32_t>(size_, 1, max)); }
  bool by_chance() { return random_.below(2) == 0; }
  std::string_view task() { return random_.below(3) == 0 ? "thread" : "process"; }
  /// A line that takes time, or none: who comes first must make no difference.
  std::string pause() { return by_chance() ? fmt::format("sleep(0.0{})", between(1, 9)) : "pass"; }

  // --- text -------------------------------------------------------------------------------------------
  void expect(std::string_view line) { head_ += fmt::format("expect {}\n", line); }
  void object(std::string_view line) { objects_ += fmt::format("object {}\n", line); }
  /// An object that a manager may make, too: "tasks", "Queue()".
  void primitive(std::string_view name, std::string_view maker) {
    object(fmt::format("{} = {}{}", name, home_ == Home::manager ? "manager." : "", maker));
  }
  /// In front of the starts.
  void first(std::string_view line) { first_ += fmt::format("  {}\n", line); }
  void main(std::string_view line) { main_ += fmt::format("  {}\n", line); }
  /// `first`: "process worker * 2"; lines with `line`.
  void script(std::string_view first) { scripts_ += fmt::format("{}:\n", first); }
  void line(std::string_view line) { scripts_ += fmt::format("  {}\n", line); }
  /// A script that main starts and joins.
  void joined(std::string_view name) {
    starts_ += fmt::format("  {}.start()\n", name);
    joins_ += fmt::format("  {}.join()\n", name);
  }
  /// After the joins.
  void last(std::string_view line) { last_ += fmt::format("  {}\n", line); }

  std::string text(std::string_view name) const {
    return fmt::format("program {}\n{}{}process main:\n{}{}{}{}{}{}", name, head_, objects_, first_, starts_,
                       main_, joins_, last_, scripts_);
  }

 private:
  Random& random_;
  std::uint32_t size_;
  Home home_;
  std::string head_, objects_, first_, starts_, main_, joins_, last_, scripts_;
};

}  // namespace heddle::properties
