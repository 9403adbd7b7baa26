// What a program under test may say to the harness, apart from using the primitives: what came out, where it
// has come, which alternatives it wants explored, what it found wrong itself. The world that runs the program
// installs a session for the OS thread; outside a harness there is none and each call does the obvious thing.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <heddle/core/history.hpp>
#include <mp/os/location.hpp>

namespace heddle {

/// must_reach: some execution has to come there. reached: this one has.
enum class LabelUse : std::uint8_t { must_reach, reached };

/// What a program says of its state for as long as it does not take it back.
struct Statement {
  std::string_view name;
  mp::Location where = {};
  /// Is it so, as `of` has it? Null: nobody can look; the program only says that it must not stay like this.
  bool (*holds)(const void* of) = nullptr;
  const void* of = nullptr;
};

/// A statement that is watched; 0: nobody does.
using WatchId = std::uint64_t;

/// An object of the program's own, known by its name, and what its calls are to be held against.
struct Specification {
  std::string_view object;
  MakeModel model = nullptr;
  std::int64_t number = 0;
  mp::Location where = {};
};

/// A call on one of these that begins.
struct ToldCall {
  std::string_view object;
  std::string_view operation;
  std::span<const std::string> arguments;  // in words
  mp::Location where = {};
};

/// A call that has begun; 0: nobody keeps a history.
using CallId = std::uint64_t;

class Session {
 public:
  virtual ~Session() = default;
  virtual void outcome(std::string_view text) = 0;
  virtual void label(std::string_view name, LabelUse use) = 0;
  /// 0..count-1, explored like every other choice.
  virtual std::uint32_t choose(std::uint32_t count) = 0;
  /// The program's own assertion failed; the execution ends when the calling task next enters the Os.
  virtual void fail(std::string_view words, mp::Location where) = 0;
  /// From here on, or no longer, this task wants nothing explored. Nests. A world that decides nothing does
  /// nothing.
  virtual void leave_unexplored(bool) {}
  /// Watched until it is taken back, by a task that may be another; or, of those that hold, until the task
  /// that made it is gone.
  virtual WatchId watch(const Statement& statement) = 0;
  virtual void unwatch(WatchId watch) = 0;
  /// Histories of calls (core/history.hpp). A call that is never said to have returned may have taken effect
  /// or not. A world that keeps none does nothing.
  virtual void specify(const Specification&) {}
  virtual CallId call_begun(const ToldCall&) { return 0; }
  virtual void call_returned(CallId, std::string_view /*result*/) {}
};

/// The session of this OS thread; nullptr outside a harness.
Session* session();

/// Installs a session until the scope ends.
class SessionScope {
 public:
  explicit SessionScope(Session* installed);
  ~SessionScope();
  SessionScope(const SessionScope&) = delete;
  SessionScope& operator=(const SessionScope&) = delete;

 private:
  Session* previous_;
};

}  // namespace heddle
