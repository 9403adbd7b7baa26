// What is said about one case: calls to the adapter, what comes back, and how long it is waited for. Knows
// lines and processes, and nothing of scripts or schedules.
//
// To listen is to wait while anybody of the adapter runs: either something comes, or all of it is at rest and
// then a call that has not returned is blocked. That is observed (quiescence.hpp) and no guess after a time;
// only an adapter that never rests, because it polls, is taken for blocked after a while.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <heddle/conform/adapter_process.hpp>
#include <heddle/conform/quiescence.hpp>
#include <heddle/conform/trace.hpp>
#include <heddle/conform/wire.hpp>

namespace heddle::conform {

enum class Direction : std::uint8_t { to_adapter, from_adapter };
/// What is wrong with a line; absent: nothing. For -V.
using Check = std::function<std::optional<std::string>(Direction direction, const std::string& line)>;

enum class Trouble : std::uint8_t { none, hang, deadline, died, malformed };

enum class Heard : std::uint8_t { something, quiet, trouble };
/// Of an adapter that rests for good: a hang, or quiet, if somebody has yet to be told to go on.
enum class AtRest : std::uint8_t { is_trouble, is_quiet };

class Conversation {
 public:
  /// `has_clock`: something goes on by itself after a time, whatever is called, so rest is no hang. Both
  /// outlive it.
  Conversation(AdapterProcess& adapter, const Check& check, std::chrono::duration<double> deadline,
               bool has_clock);

  void say(const Order& order);
  /// `where`: the line of the program, 0 for none. `patience`: after so many seconds the call is to end by
  /// itself; absent: it need not.
  std::uint64_t call(Call call, int where, std::optional<double> patience = {});

  /// Until an answer comes, or all of the adapter is at rest.
  Heard listen();
  /// For somebody who has nothing else to do: until an answer comes, whoever rests, or until that is
  /// hopeless.
  Heard wait(AtRest at_rest);
  /// The next answer that is neither of an event nor of trouble: ready, skipped, done or errored.
  std::optional<Answer> reply();

  /// Holds all lines so far against the check, which is nothing to do on a simulated task's stack. False: one
  /// of them is wrong, and that is the trouble now.
  bool has_passed_check();

  /// Null: not yet.
  const Returned* returned(std::uint64_t seq) const;
  bool has_exited(const std::string& process) const { return exited_.contains(process); }
  /// One whose call has come back, or who has gone, of whom this has not told yet.
  std::optional<std::string> next_news();

  Trouble trouble() const { return trouble_; }
  const std::string& why() const { return why_; }
  const std::vector<Exchange>& trace() const { return trace_; }
  /// "main: lock.acquire() (line 7)", of each call that has not returned.
  std::string waiting() const;

 private:
  Heard receive(Moment until);
  Heard take_in(const std::string& line);
  void take_in(const Returned& returned);
  void take_in(const Exited& exited);
  Heard fail(Trouble trouble, std::string why);
  Heard be_late();
  bool is_timed() const;
  bool is_late() const { return std::chrono::steady_clock::now() >= deadline_; }

  AdapterProcess& adapter_;
  const Check& check_;
  Moment deadline_;
  bool has_clock_;
  std::uint64_t seq_ = 0;
  std::vector<std::pair<Direction, std::string>> unchecked_;
  std::vector<Exchange> trace_;  // by seq - 1
  std::map<std::uint64_t, Returned> returned_;
  std::map<std::uint64_t, Moment> timers_;  // of pending calls: until when time alone may end them
  std::set<std::string> exited_;
  std::set<std::string> news_;
  std::optional<Answer> reply_;
  Trouble trouble_ = Trouble::none;
  std::string why_;
};

}  // namespace heddle::conform
