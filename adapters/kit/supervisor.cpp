// See the header.
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <adapters/kit/lines.hpp>
#include <adapters/kit/supervisor.hpp>
#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <utility>

namespace adapter_kit {
namespace {

class Supervisor {
 public:
  Supervisor(const Port& port, int source, int sink) : port_(port), source_(source), sink_(sink) {}

  void serve() {
    while (true) {
      std::vector<pollfd> wanted{{source_.descriptor, POLLIN, 0}};
      for (const auto& [name, lines] : processes_) wanted.push_back({lines.descriptor, POLLIN, 0});
      poll(wanted.data(), wanted.size(), -1);
      for (const pollfd& ready : wanted) {
        if (ready.revents == 0) continue;
        if (ready.fd != source_.descriptor)
          relay(ready.fd);
        else if (!obey_all())
          return;
      }
    }
  }

 private:
  bool obey_all() {
    const auto lines = source_.read();
    if (!lines) {
      clear_up();
      return false;
    }
    for (const std::string& line : *lines) obey(Json::parse(line), line);
    return true;
  }

  void obey(const Json& message, const std::string& line) {
    const std::string type = message.value("type", "call");
    if (type == "hello") {
      Json hello{{"limits", {{"processes", 64}}}, {"start_methods", {"fork"}}};
      hello.update(port_.hello);
      hello.update({{"type", "hello"}, {"protocol", 1}});
      tell(hello);
    } else if (type == "case") {
      begin(message);
      tell({{"type", "ready"}, {"id", message["id"]}});
    } else if (type == "end") {
      clear_up();
      tell({{"type", "done"}, {"id", message["id"]}});
    } else if (const auto found = processes_.find(message["process"]); found != processes_.end()) {
      write_line(found->second.descriptor, line);
    }
  }

  void begin(const Json& message) {
    std::map<std::string, int> ends;
    Cast cast(message, ends);
    main_ = fork();
    if (main_ == 0) {
      for (const auto& [name, end] : ends) close(end);
      close(source_.descriptor);
      close(sink_);
      port_.play_main(message, std::move(cast));
      _exit(1);  // it should not have come back
    }
    for (const auto& [name, end] : ends) processes_.emplace(name, Lines(end));
    cast.close_all();
  }

  void relay(int descriptor) {
    const auto found = std::ranges::find_if(
        processes_, [&](const auto& each) { return each.second.descriptor == descriptor; });
    if (found == processes_.end()) return;
    if (const auto lines = found->second.read()) {
      for (const std::string& line : *lines) write_line(sink_, line);
      return;
    }
    Json exit{{"ev", "exit"}, {"process", found->first}, {"code", nullptr}};
    if (found->first == "main") exit["code"] = code_of_main();
    close(descriptor);
    processes_.erase(found);
    tell(exit);
  }

  /// As Python tells exit codes: that of a signal is negative.
  int code_of_main() const {
    int status = 0;
    waitpid(main_, &status, 0);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
  }

  /// Ends and reaps whatever the case has left: orphans come here, and are seen in the next round.
  void clear_up() {
    do {
      std::ifstream children("/proc/self/task/" + std::to_string(getpid()) + "/children");
      for (pid_t child = 0; children >> child;) kill(child, SIGKILL);
    } while (wait(nullptr) > 0);
    for (const auto& [name, lines] : processes_) close(lines.descriptor);
    processes_.clear();
  }

  void tell(const Json& message) const { write_line(sink_, message.dump()); }

  const Port& port_;
  Lines source_;
  int sink_;
  pid_t main_ = 0;
  std::map<std::string, Lines> processes_ = {};  // this end of each one's socket
};

int number_in(const char* variable) {
  const char* const text = std::getenv(variable);
  return text == nullptr ? -1 : std::atoi(text);
}

}  // namespace

int serve(const Port& port) {
  std::signal(SIGPIPE, SIG_IGN);
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  Supervisor(port, number_in("HEDDLE_ADAPTER_IN"), number_in("HEDDLE_ADAPTER_OUT")).serve();
  return 0;
}

}  // namespace adapter_kit
