// One flag that a signal handler may set, and the handlers.
#include <array>
#include <csignal>

#include <heddle/cli/interruption.hpp>

#ifdef HEDDLE_TSAN
// Under its own name sigaction belongs to ThreadSanitizer, which puts a signal off until whoever runs is at a
// place of its liking: a fiber that ends before that takes the signal with it. This is the one of the C
// library.
extern "C" int __sigaction(int signal, const struct sigaction* action, struct sigaction* before);
#endif

namespace heddle::cli {
namespace {

int install(int signal, const struct sigaction& action) {
#ifdef HEDDLE_TSAN
  return __sigaction(signal, &action, nullptr);
#else
  return ::sigaction(signal, &action, nullptr);
#endif
}

constexpr std::array signals{SIGINT, SIGTERM};

volatile std::sig_atomic_t interrupted = 0;  // a handler can reach nothing else

#ifdef HEDDLE_TSAN
__attribute__((disable_sanitizer_instrumentation))
#endif
extern "C" void
heddle_interrupted(int) {
  interrupted = 1;
}

}  // namespace

Interruption::Interruption() {
  interrupted = 0;
  std::signal(SIGPIPE, SIG_IGN);
  struct sigaction action {};
  action.sa_handler = &heddle_interrupted;
  action.sa_flags = static_cast<int>(SA_RESETHAND);  // only the first one
  for (const int signal : signals) install(signal, action);
}

Interruption::~Interruption() {
  for (const int signal : signals) std::signal(signal, SIG_DFL);
}

bool Interruption::has_come() const { return interrupted != 0; }

}  // namespace heddle::cli
