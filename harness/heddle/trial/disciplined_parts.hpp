// The parts that disciplined programs are made of, and what writes one down.
#pragma once

#include <fmt/format.h>

#include <heddle/core/random.hpp>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace heddle::trial {

/// The pieces of a program's text; a part's names begin with its own letter.
class PartWriter {
 public:
  PartWriter(char letter, bool is_last, Random& random)
      : letter_(letter), is_last_(is_last), random_(random) {}

  /// Lines, in which `$` stands for the part's letter. Those of main are indented here.
  void object(std::string_view line) { objects_ += "object " + named(line) + "\n"; }
  void start(std::string_view line) { starts_ += indented(line); }
  void body(std::string_view line) { body_ += indented(line); }
  void join(std::string_view line) { joins_ += indented(line); }
  /// Of other tasks: with their indentation.
  void script(std::string_view lines) { scripts_ += named(lines); }
  /// Main starts the task or tasks of this name, and joins them.
  void runs(std::string_view task) {
    start(fmt::format("{}.start()", task));
    join(fmt::format("{}.join()", task));
  }

  /// Nobody is started behind this part's own tasks, so nobody inherits what main closes then.
  bool is_last() const { return is_last_; }

  std::uint32_t below(std::uint32_t count) { return random_.below(count); }
  bool by_chance() { return random_.below(2) == 0; }
  std::string_view one_of(std::span<const std::string_view> all) {
    return all[random_.below(static_cast<std::uint32_t>(all.size()))];
  }
  /// A line that takes time, or nothing: who comes first must make no difference.
  std::string pause(std::string_view indent) {
    return random_.below(4) == 0 ? fmt::format("{}sleep(0.0{})\n", indent, 1 + random_.below(3)) : "";
  }
  /// "process" or "thread".
  std::string_view task() { return random_.below(4) == 0 ? "thread" : "process"; }

  const std::string& objects() const { return objects_; }
  const std::string& starts() const { return starts_; }
  const std::string& body() const { return body_; }
  const std::string& joins() const { return joins_; }
  const std::string& scripts() const { return scripts_; }

 private:
  std::string named(std::string_view text) const;
  std::string indented(std::string_view line) const { return "  " + named(line) + "\n"; }

  char letter_;
  bool is_last_;
  Random& random_;
  std::string objects_, starts_, body_, joins_, scripts_;
};

using DisciplinedPart = void (*)(PartWriter&);

/// Data that several tasks change, under locks.
std::span<const DisciplinedPart> parts_of_data();
/// Tasks that hand something over to each other.
std::span<const DisciplinedPart> parts_of_traffic();
/// Tasks that wait for each other.
std::span<const DisciplinedPart> parts_of_waiting();

}  // namespace heddle::trial
