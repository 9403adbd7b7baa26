// An adapter over heddle's own primitives: the smallest port there can be, and an example for one in C++
// (docs/reference/port-protocol.md). This file is the switchboard: it makes the main process of each case,
// hands every call to the process or thread that it is for, and every answer back. Those are in player.cpp.
//
// The switchboard never waits for anybody but all: whoever blocks in a primitive blocks himself alone.
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

#include <adapters/heddle/player.hpp>

namespace heddle::adapter {
namespace {

class Switchboard {
 public:
  Switchboard(int in, int out) : runner_(in), out_(out) {}

  int run() {
    std::string line;
    while (true) {
      pass_answers_on();
      if (poll_all() && has_main_ended()) tell_of_main();
      while (runner_.next(line)) obey(line);
      if (runner_.has_ended()) return 0;
    }
  }

 private:
  void obey(const std::string& line) {
    const auto order = conform::order_in(line);
    if (!order) std::exit(2);  // it is not our runner
    if (std::holds_alternative<conform::Suite>(*order)) say(hello());
    if (const auto* const begun = std::get_if<conform::CaseBegun>(&*order)) begin(*begun);
    if (const auto* const call = std::get_if<conform::Call>(&*order))
      if (const auto player = players_.find(call->process); player != players_.end())
        player->second.write(line);
    if (const auto* const ended = std::get_if<conform::CaseEnded>(&*order)) end(*ended);
  }

  static conform::Hello hello() {
    return {.implementation = "heddle",
            .version = "0.1.0",
            .language = "C++",
            .issues_url = "",
            .capabilities = capabilities(),
            .limits = {{"processes", 64}},
            .start_methods = {"fork"}};
  }

  /// Every process is a fork and inherits the line that is its own.
  void begin(const conform::CaseBegun& begun) {
    Casting casting{.begun = begun};
    for (const conform::ScriptTold& script : begun.scripts)
      for (const std::string& name : instances_of(script)) {
        std::array<int, 2> ends{};
        if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()) != 0) std::exit(2);
        players_.emplace(name, Line(ends[0]));
        casting.lines.emplace(name, ends[1]);
      }
    main_ = ::fork();
    if (main_ == 0) {
      ::setpgid(0, 0);
      ::prctl(PR_SET_PDEATHSIG, SIGKILL);
      players_.clear();
      runner_.close();
      ::close(out_);
      play_main(std::move(casting));
    }
    ::setpgid(main_, main_);
    main_ended_ = static_cast<int>(::syscall(SYS_pidfd_open, main_, 0));
    for (const auto& [name, line] : casting.lines) ::close(line);
    say(conform::Ready{begun.id});
  }

  void end(const conform::CaseEnded& ended) {
    ::kill(-main_, SIGKILL);
    if (main_ended_ >= 0) reap_main();
    players_.clear();
    say(conform::Done{ended.id});
  }

  int reap_main() {
    int status = 0;
    ::waitpid(main_, &status, 0);
    ::close(std::exchange(main_ended_, -1));
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
  }

  // What main said before it ended is passed on before that.
  void tell_of_main() {
    const int code = reap_main();
    for (auto& [name, line] : players_) line.read_what_is_there();
    pass_answers_on();
    say(conform::Exited{.process = "main", .code = code});
  }

  void pass_answers_on() {
    std::string line;
    for (auto& [name, player] : players_)
      while (player.next(line)) Line::write_to(out_, line);
  }

  /// Until somebody says something or ends.
  bool poll_all() {
    std::vector<pollfd> items{{.fd = runner_.fd(), .events = POLLIN, .revents = 0},
                              {.fd = main_ended_, .events = POLLIN, .revents = 0}};
    for (const auto& [name, player] : players_)
      items.push_back({.fd = player.has_ended() ? -1 : player.fd(), .events = POLLIN, .revents = 0});
    ::poll(items.data(), items.size(), -1);
    if (items[0].revents != 0) runner_.read_what_is_there();
    std::size_t at = 2;
    for (auto& [name, player] : players_)
      if (items[at++].revents != 0) player.read_what_is_there();
    main_has_ended_ = items[1].revents != 0;
    return true;
  }
  bool has_main_ended() const { return main_has_ended_ && main_ended_ >= 0; }

  void say(const conform::Answer& answer) const { Line::write_to(out_, conform::line_of(answer)); }

  Line runner_;
  int out_;
  std::map<std::string, Line> players_;
  pid_t main_ = -1;
  int main_ended_ = -1;
  bool main_has_ended_ = false;
};

int number_in(const char* name) {
  const char* const text = std::getenv(name);
  return text == nullptr ? -1 : std::atoi(text);
}

}  // namespace
}  // namespace heddle::adapter

int main() {
  ::signal(SIGPIPE, SIG_IGN);
  using heddle::adapter::number_in;
  return heddle::adapter::Switchboard(number_in("HEDDLE_ADAPTER_IN"), number_in("HEDDLE_ADAPTER_OUT")).run();
}
