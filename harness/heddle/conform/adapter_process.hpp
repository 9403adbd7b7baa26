// An adapter as a process of this machine: started by a shell in a process group of its own, spoken to by
// lines on two descriptors of its own, and ended with all its group. What it prints goes where ours does.
//
// Nothing here decides what a line means. An adapter that has gone reads as the end of its lines; a write to
// it is then lost without a word, for the next read tells.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <heddle/core/error.hpp>

namespace heddle::conform {

using Moment = std::chrono::steady_clock::time_point;

enum class Received : std::uint8_t { line, nothing, end };

class AdapterProcess {
 public:
  /// `command`: for a shell. Error adapter-unstartable.
  static Expected<AdapterProcess> start(const std::string& command);

  AdapterProcess(AdapterProcess&& other) noexcept;
  AdapterProcess& operator=(AdapterProcess&&) = delete;
  /// Closes the adapter's input, and kills what then does not go by itself within a second.
  ~AdapterProcess();

  void send(std::string_view line);
  /// Waits until `deadline` for a whole line, which it then puts into `line`.
  Received receive(std::string& line, Moment deadline);
  /// Is a line, or a part of one, there already?
  bool has_input() const;

  /// SIGQUIT to the group, so that who can say where he stands does; SIGKILL to what is left after
  /// `patience`.
  void quit(std::chrono::milliseconds patience);

  pid_t group() const { return group_; }
  /// How it ended, in words, once it has: "exit status 3", "signal 11".
  std::string ending();

 private:
  AdapterProcess(pid_t group, int in, int out) : group_(group), in_(in), out_(out) {}
  bool has_ended_within(std::chrono::milliseconds patience);
  void kill_group();

  pid_t group_ = 0;  // the process's own id; 0: moved from
  int in_ = -1;      // we write
  int out_ = -1;     // we read
  std::string read_ = {};
  std::optional<int> status_ = {};  // as waitpid has it, once it was reaped
};

}  // namespace heddle::conform
