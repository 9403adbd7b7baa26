// An adapter as a process of this machine: started by a shell, spoken to by lines on two descriptors of its
// own, and ended with everybody that descends from it. What it prints goes where ours does.
//
// Nothing here decides what a line means, and nothing here waits longer than it is told to, whatever the
// adapter does: it may not read, write without end, refuse signals, or have children that went to other
// sessions. An adapter that has gone reads as the end of its lines; a write to it is then lost without a
// word, for the next read tells.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include <heddle/conform/keeper.hpp>
#include <heddle/core/error.hpp>

namespace heddle::conform {

using Moment = std::chrono::steady_clock::time_point;

/// too_long: what has come since the last line is more than any message has.
enum class Received : std::uint8_t { line, nothing, end, too_long };

class AdapterProcess {
 public:
  /// `command`: for a shell. Error adapter-unstartable.
  static Expected<AdapterProcess> start(const std::string& command);

  AdapterProcess(AdapterProcess&& other) noexcept;
  AdapterProcess& operator=(AdapterProcess&&) = delete;
  /// Closes the adapter's input, and kills whoever then does not go by himself within a second.
  ~AdapterProcess();

  /// False: the adapter has not read all of it by `deadline`, and from then on can be told nothing.
  bool send(std::string_view line, Moment deadline);
  /// Waits until `deadline` for a whole line, which it then puts into `line`.
  Received receive(std::string& line, Moment deadline);
  /// Is a line, or a part of one, there already?
  bool has_input() const;

  /// SIGQUIT to all, so that who can say where he stands does; SIGKILL to whoever is left after `patience`.
  void quit(std::chrono::milliseconds patience);

  /// All that the adapter has descend from this process, which is none of them.
  pid_t keeper() const { return kept_.keeper; }
  /// How it ended, in words, once it has: "exit status 3", "signal 11".
  std::string ending();

 private:
  explicit AdapterProcess(Kept kept) : kept_(kept) {}
  void read_part();
  bool has_ended_by(Moment deadline);
  bool have_all_gone_by(Moment deadline);
  void hear_of_the_end(Moment deadline);
  void kill_all();

  Kept kept_;
  std::string read_ = {};
  std::size_t searched_ = 0;     // so much of read_ has no end of a line
  bool has_closed_ = false;      // its output
  std::optional<int> status_{};  // as waitpid has it, once it has ended
  bool have_all_gone_ = false;   // the adapter's processes, and so the keeper
};

}  // namespace heddle::conform
