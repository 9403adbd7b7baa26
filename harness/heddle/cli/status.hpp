// Shows that something is going on: one rewritten line for a person, a line every few seconds for a log.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include <heddle/cli/terminal.hpp>

namespace heddle::cli {

class Status {
 public:
  /// `seconds` tells the time since some start; `write` takes text for the stream that is no result.
  Status(const Terminal& terminal, std::function<double()> seconds,
         std::function<void(std::string_view)> write);
  ~Status() { clear(); }
  Status(const Status&) = delete;
  Status& operator=(const Status&) = delete;

  /// Shows a line, unless one was shown just now.
  void show(std::string_view line);
  /// Takes the rewritten line away, so that results can be printed.
  void clear();

 private:
  const Terminal terminal_;
  const std::function<double()> seconds_;
  const std::function<void(std::string_view)> write_;
  double shown_at_;
  bool is_on_screen_ = false;
};

}  // namespace heddle::cli
