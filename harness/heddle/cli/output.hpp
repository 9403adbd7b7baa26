// Standard output, as something that can fail: a full disk or a closed pipe must not look like success.
#pragma once

#include <string_view>

#include <heddle/core/error.hpp>

namespace heddle::cli {

class Output {
 public:
  /// -1: what is written is dropped.
  explicit Output(int fd) : fd_(fd) {}
  /// All of it, or nothing more after the first failure.
  void write(std::string_view text);
  /// Error output-failed if anything was lost.
  Expected<void> state() const;

 private:
  int fd_;
  int error_ = 0;  // the errno of the first failure
};

}  // namespace heddle::cli
