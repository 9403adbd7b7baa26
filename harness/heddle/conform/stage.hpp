// Where the scripts of a case are played: one task of the simulated world for each process and thread of the
// port, in one simulated process. So the strategy decides who issues its next call, histories are kept, and
// what is expected is judged, all as if the primitives were heddle's own; only that a call is a message.
//
// A task that has issued a call listens until its answer is there or the adapter is at rest; then it sleeps,
// and whoever hears its answer wakes it. One more task, the clock, sleeps in simulated time: it runs only
// when nobody else can, and then really waits. If an order of issue is given, a task sleeps until it is its
// turn.
//
// Everything that outlives an execution is the conversation's, on the host heap. Calls of it are made under a
// HostAllocation, and what it gives is copied outside of one.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include <heddle/conform/conversation.hpp>
#include <heddle/conform/turns.hpp>
#include <heddle/programs/plan.hpp>
#include <heddle/programs/scope.hpp>
#include <mp/os/word.hpp>

namespace heddle::conform {

/// The process, or the thread, that a task plays has gone. No std::exception: no script can handle it.
struct Gone {};

class Stage : public std::enable_shared_from_this<Stage> {
 public:
  /// All outlive it.
  Stage(const programs::Plan& plan, Conversation& conversation, Turns& turns)
      : plan_(plan), conversation_(conversation), turns_(turns) {}

  /// main's script, from the making of the objects until its process has gone.
  void play_main();

  /// Issues a call and waits for what comes of it. Gone: the process has, and nothing will. `patience`: as
  /// Conversation::call has it.
  Returned ask(const Call& call, int line, std::optional<double> patience);
  /// Issues a call that does not return.
  void tell(const Call& call, int line);
  /// The port has started the instance: its script begins. Does nothing a second time.
  void begin(std::size_t script, const std::string& instance,
             const std::shared_ptr<programs::Scope>& starter);

  const programs::Plan& plan() const { return plan_; }

 private:
  void play(std::size_t script, const std::string& instance, const std::shared_ptr<programs::Scope>& scope);
  void keep_time();
  template <class IsThere>
  void await(const std::string& process, const IsThere& is_there);
  void await_turn(const std::string& process);
  void leave_order();
  void announce_turn();
  mp::Word* next_bell();
  void pass_on_news();
  [[noreturn]] void give_up();

  const programs::Plan& plan_;
  Conversation& conversation_;
  Turns& turns_;
  mp::Word turn_{};                        // counts turns; who waits for his sleeps on it
  std::map<std::string, mp::Word> bells_;  // of each task that has begun: 1, there are news for it
};

/// The main task of an execution in which a case is played.
void play(const programs::Plan& plan, Conversation& conversation, Turns& turns);

}  // namespace heddle::conform
