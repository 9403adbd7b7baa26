// Stacks from mmap with a guard page below, fcontext for the switch, and the three things that must follow
// a fiber. ThreadSanitizer must not instrument this file (the build sees to it): it would follow a call
// into one stack and find its return in another.
#include <cxxabi.h>
#include <sys/mman.h>

#include <boost/context/detail/fcontext.hpp>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <heddle/worlds/sim/fiber.hpp>
#include <new>

#if defined(__SANITIZE_ADDRESS__)
#define HEDDLE_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HEDDLE_ASAN 1
#endif
#endif

#ifdef HEDDLE_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif
#ifdef HEDDLE_TSAN
#include <sanitizer/tsan_interface.h>

#include <heddle/core/sanitizers.hpp>
#endif

namespace heddle::sim {

namespace context = boost::context::detail;

namespace {

constexpr std::size_t guard_bytes = 4096;
constexpr std::size_t stack_bytes = 256 * 1024;

// The C++ runtime's per-thread exception state (Itanium C++ ABI, 2.2.2): the stack of caught exceptions
// and the number of uncaught ones.
struct ExceptionState {
  void* caught = nullptr;
  unsigned int uncaught = 0;
};

// Looked up once for the OS thread: the runtime's own look-up is a call at every switch.
constinit thread_local ExceptionState* exceptions_of_thread = nullptr;

ExceptionState* exception_state() {
  if (exceptions_of_thread == nullptr)
    exceptions_of_thread = reinterpret_cast<ExceptionState*>(__cxxabiv1::__cxa_get_globals());
  return exceptions_of_thread;
}

}  // namespace

#ifdef HEDDLE_TSAN
namespace {

// ThreadSanitizer insists that a fiber has left its ignore scopes before it goes; one that was abandoned
// never will. So it is visited once more, without its stack.
void end_sanitized_life(void* thread, int unwatched_scopes) {
  void* const visitor = __tsan_get_current_fiber();
  __tsan_switch_to_fiber(thread, __tsan_switch_to_fiber_no_sync);
  end_unwatched_scopes(unwatched_scopes);
  __tsan_switch_to_fiber(visitor, __tsan_switch_to_fiber_no_sync);
  __tsan_destroy_fiber(thread);
}

}  // namespace
#endif

struct Fiber::State {
  context::fcontext_t context = nullptr;
  std::byte* mapping = nullptr;  // guard page, then the stack
  std::size_t stack_size = 0;
  Entry entry = nullptr;
  void* argument = nullptr;
  ExceptionState exceptions;
  int saved_errno = 0;
  bool doomed = false;   // the next switch to it must end at once
  bool started = false;  // has run since start()
#ifdef HEDDLE_ASAN
  void* fake_stack = nullptr;
  const void* bottom = nullptr;
  std::size_t size = 0;
#endif
#ifdef HEDDLE_TSAN
  void* thread = nullptr;
  int unwatched_scopes = 0;
#endif
};

namespace {

// Handed over by the jump: who left, so that its context can be kept by whoever arrives.
struct Departure {
  context::fcontext_t* left;
};

}  // namespace

Fiber::Fiber() : state_(std::make_unique<State>()) {
#ifdef HEDDLE_TSAN
  state_->thread = __tsan_get_current_fiber();
#endif
}

Fiber::Fiber(std::size_t bytes) : state_(std::make_unique<State>()) {
  void* const mapping = mmap(nullptr, bytes + guard_bytes, PROT_READ | PROT_WRITE,
                             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (mapping == MAP_FAILED) throw std::bad_alloc();
  mprotect(mapping, guard_bytes, PROT_NONE);
  state_->mapping = static_cast<std::byte*>(mapping);
  state_->stack_size = bytes;
#ifdef HEDDLE_TSAN
  state_->thread = __tsan_create_fiber(0);
#endif
}

Fiber::~Fiber() {
  if (state_->mapping == nullptr) return;
#ifdef HEDDLE_TSAN
  end_sanitized_life(state_->thread, state_->unwatched_scopes);
#endif
  munmap(state_->mapping, state_->stack_size + guard_bytes);
}

void Fiber::start(Entry entry, void* argument) {
  State& state = *state_;
  state.entry = entry;
  state.argument = argument;
  state.exceptions = {};
  state.saved_errno = 0;
  state.doomed = false;
  state.started = false;
#ifdef HEDDLE_TSAN
  // A new life has an empty call stack, and knows what its starter knows.
  end_sanitized_life(state.thread, state.unwatched_scopes);
  state.thread = __tsan_create_fiber(0);
  state.unwatched_scopes = 0;
  // And a stack that nobody has touched: mapping it anew makes ThreadSanitizer forget the old life's
  // accesses.
  mmap(state.mapping + guard_bytes, state.stack_size, PROT_READ | PROT_WRITE,
       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK | MAP_FIXED, -1, 0);
#endif
  std::byte* const top = state.mapping + guard_bytes + state.stack_size;
#ifdef HEDDLE_ASAN
  // Frames of an abandoned life leave red zones behind.
  ASAN_UNPOISON_MEMORY_REGION(state.mapping + guard_bytes, state.stack_size);
  state.fake_stack = nullptr;
  state.bottom = state.mapping + guard_bytes;
  state.size = state.stack_size;
#endif
  state.context =
      context::make_fcontext(top, state.stack_size, [](context::transfer_t transfer) { enter(&transfer); });
}

namespace {
thread_local Fiber* arriving = nullptr;  // whom the switch in progress goes to
#ifdef HEDDLE_ASAN
thread_local Fiber* leaving = nullptr;
#endif
}  // namespace

void Fiber::enter(void* transfer_pointer) {
  const auto transfer = *static_cast<context::transfer_t*>(transfer_pointer);
  *static_cast<Departure*>(transfer.data)->left = transfer.fctx;
  State& state = *arriving->state_;
  state.started = true;
#ifdef HEDDLE_ASAN
  const void* bottom = nullptr;
  std::size_t size = 0;
  __sanitizer_finish_switch_fiber(nullptr, &bottom, &size);
  leaving->state_->bottom = bottom;
  leaving->state_->size = size;
#endif
  *exception_state() = state.exceptions;
  state.entry(state.argument);
  std::abort();  // an entry leaves by leave_for
}

void Fiber::switch_to(Fiber& to) {
  State& state = *state_;
  State& next = *to.state_;
  state.exceptions = *exception_state();
  state.saved_errno = errno;
  arriving = &to;
#ifdef HEDDLE_ASAN
  leaving = this;
  __sanitizer_start_switch_fiber(&state.fake_stack, next.bottom, next.size);
#endif
#ifdef HEDDLE_TSAN
  state_->unwatched_scopes = exchange_unwatched_scopes(next.unwatched_scopes);
  __tsan_switch_to_fiber(next.thread, __tsan_switch_to_fiber_no_sync);
#endif
  Departure departure{&state.context};
  const context::transfer_t transfer = context::jump_fcontext(next.context, &departure);
  *static_cast<Departure*>(transfer.data)->left = transfer.fctx;
#ifdef HEDDLE_ASAN
  const void* bottom = nullptr;
  std::size_t size = 0;
  __sanitizer_finish_switch_fiber(state.fake_stack, &bottom, &size);
  leaving->state_->bottom = bottom;
  leaving->state_->size = size;
  if (state.doomed) leave_for(*leaving);
#endif
  *exception_state() = state.exceptions;
  errno = state.saved_errno;
}

void Fiber::leave_for(Fiber& to) {
  State& next = *to.state_;
  arriving = &to;
#ifdef HEDDLE_ASAN
  leaving = this;
  __sanitizer_start_switch_fiber(nullptr, next.bottom, next.size);
#endif
#ifdef HEDDLE_TSAN
  state_->unwatched_scopes = exchange_unwatched_scopes(next.unwatched_scopes);
  __tsan_switch_to_fiber(next.thread, __tsan_switch_to_fiber_no_sync);
#endif
  // Not on this stack: AddressSanitizer may have taken its frames away already.
  thread_local context::fcontext_t nowhere;
  thread_local Departure departure;
  departure.left = &nowhere;
  context::jump_fcontext(next.context, &departure);
  std::abort();  // a fiber that was left for good does not come back
}

void Fiber::make_known_by([[maybe_unused]] const void* address) {
#ifdef HEDDLE_TSAN
  void* const visitor = __tsan_get_current_fiber();
  __tsan_switch_to_fiber(state_->thread, __tsan_switch_to_fiber_no_sync);
  order_by(address);
  __tsan_switch_to_fiber(visitor, __tsan_switch_to_fiber_no_sync);
#endif
}

void Fiber::abandon([[maybe_unused]] Fiber& by) {
#ifdef HEDDLE_ASAN
  // The fake stack of frames that are gone is released only by a last switch away from them.
  if (!state_->started) return;
  state_->doomed = true;
  by.switch_to(*this);
#endif
}

void FiberPool::begin() {
  idle_.clear();
  for (std::size_t i = all_.size(); i-- > 0;) idle_.push_back(all_[i].get());
}

Fiber& FiberPool::take() {
  if (idle_.empty()) {
    all_.push_back(std::make_unique<Fiber>(stack_bytes));
    return *all_.back();
  }
  Fiber& fiber = *idle_.back();
  idle_.pop_back();
  return fiber;
}

}  // namespace heddle::sim
