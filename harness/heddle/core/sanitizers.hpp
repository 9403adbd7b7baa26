// What ThreadSanitizer must be told about simulated execution; nothing at all in an ordinary build. The
// build defines HEDDLE_TSAN for every file of a thread-sanitized tree, instrumented or not.
#pragma once

namespace heddle {

/// While alive, ThreadSanitizer does not look at what the calling fiber does: the simulated kernel is
/// shared by all fibers and needs no order among them. Nests.
class UnwatchedScope {
 public:
#ifdef HEDDLE_TSAN
  UnwatchedScope();
  ~UnwatchedScope();
#else
  UnwatchedScope() {}
  ~UnwatchedScope() {}
#endif
  UnwatchedScope(const UnwatchedScope&) = delete;
  UnwatchedScope& operator=(const UnwatchedScope&) = delete;
};

#ifdef HEDDLE_TSAN
/// How many scopes the running fiber is in; kept by each fiber while it does not run.
int exchange_unwatched_scopes(int scopes);
/// Ends the scopes of a fiber that will never come back to end them itself.
void end_unwatched_scopes(int scopes);
/// A synchronising access to a simulated word or stream at this address, in both directions.
void order_by(const void* address);
/// What the calling fiber did so far is known to whoever ends the execution, and to nobody else.
void leave_word_for_the_end();
/// The execution is over: all that its fibers did happened before this.
void learn_at_the_end();
/// Did ThreadSanitizer report a race since the last call?
bool take_race_report();
#else
inline void order_by(const void*) {}
inline void leave_word_for_the_end() {}
inline void learn_at_the_end() {}
inline bool take_race_report() { return false; }
#endif

}  // namespace heddle
