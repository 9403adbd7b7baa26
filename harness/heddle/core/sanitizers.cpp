// ThreadSanitizer's side of a simulated execution: ignore scopes for the kernel, happens-before by hand
// for the words and streams, and a note when a race is reported. Compiled without instrumentation: the
// report hook is called with the sanitizer's own locks held.
#include <sys/single_threaded.h>

#include <heddle/core/sanitizers.hpp>
#include <utility>

#ifdef HEDDLE_TSAN

extern "C" {
void AnnotateIgnoreReadsBegin(const char* file, int line);
void AnnotateIgnoreReadsEnd(const char* file, int line);
void AnnotateIgnoreWritesBegin(const char* file, int line);
void AnnotateIgnoreWritesEnd(const char* file, int line);
void __tsan_acquire(void* address);
void __tsan_release(void* address);
void __tsan_on_report(void* report);
const char* __tsan_default_options();
}

namespace {
bool race_reported = false;
thread_local int unwatched_scopes = 0;
char end_of_execution = 0;  // its address is what fibers release and the root acquires

// The C++ library uses plain memory for reference counts while a program has one OS thread only. Our tasks
// share that thread, and in life they would not.
const struct ManyThreads {
  ManyThreads() { __libc_single_threaded = 0; }
} many_threads;

}  // namespace

extern "C" {
void __tsan_on_report(void*) { race_reported = true; }

// A race is reported in every execution that has it, or no replay would show it again; fibers that are still
// alive at the end are no reason to wait; and a process forked by a test may have threads.
__attribute__((weak)) const char* __tsan_default_options() {
  return "suppress_equal_stacks=0:suppress_equal_addresses=0:atexit_sleep_ms=0:die_after_fork=0:"
         "report_thread_leaks=0";
}

// The C++ library counts who still holds an exception, and is not instrumented: that the last one frees it,
// words and all, after the others have read it is not seen. Not weak: the runtime's own is, and comes first.
const char* __tsan_default_suppressions() {
  return "race:__cxa_free_exception\n"
         "race:std::runtime_error::~runtime_error\n"
         "race:std::logic_error::~logic_error\n";
}
}

namespace heddle {

UnwatchedScope::UnwatchedScope() {
  AnnotateIgnoreReadsBegin(__FILE__, __LINE__);
  AnnotateIgnoreWritesBegin(__FILE__, __LINE__);
  ++unwatched_scopes;
}

UnwatchedScope::~UnwatchedScope() {
  --unwatched_scopes;
  AnnotateIgnoreWritesEnd(__FILE__, __LINE__);
  AnnotateIgnoreReadsEnd(__FILE__, __LINE__);
}

int exchange_unwatched_scopes(int scopes) { return std::exchange(unwatched_scopes, scopes); }

void end_unwatched_scopes(int scopes) {
  for (; scopes > 0; --scopes) {
    AnnotateIgnoreWritesEnd(__FILE__, __LINE__);
    AnnotateIgnoreReadsEnd(__FILE__, __LINE__);
  }
}

void order_by(const void* address) {
  __tsan_acquire(const_cast<void*>(address));
  __tsan_release(const_cast<void*>(address));
}

void leave_word_for_the_end() { __tsan_release(&end_of_execution); }
void learn_at_the_end() { __tsan_acquire(&end_of_execution); }

bool take_race_report() { return std::exchange(race_reported, false); }

}  // namespace heddle

#endif
