// One flag that a signal handler may set, and the handlers.
#include <array>
#include <csignal>

#include <heddle/cli/interruption.hpp>

namespace heddle::cli {
namespace {

constexpr std::array signals{SIGINT, SIGTERM};

volatile std::sig_atomic_t interrupted = 0;  // a handler can reach nothing else

extern "C" void heddle_interrupted(int) { interrupted = 1; }

}  // namespace

Interruption::Interruption() {
  interrupted = 0;
  std::signal(SIGPIPE, SIG_IGN);
  struct sigaction action {};
  action.sa_handler = &heddle_interrupted;
  action.sa_flags = static_cast<int>(SA_RESETHAND);  // only the first one
  for (const int signal : signals) ::sigaction(signal, &action, nullptr);
}

Interruption::~Interruption() {
  for (const int signal : signals) std::signal(signal, SIG_DFL);
}

bool Interruption::has_come() const { return interrupted != 0; }

}  // namespace heddle::cli
