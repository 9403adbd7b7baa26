// heddle's adapter for Boost.Interprocess: how a port that is a library of C++, and has less than everything,
// is put to the test. What it has not is not among its capabilities, and the cases that need it are skipped.
//
// An adapter is a program that heddle starts once and that reads calls and answers them, a line of JSON each
// (docs/reference/port-protocol.md), on two descriptors whose numbers are in the environment. Here:
//
//   objects.cpp   what is tested: a class for each kind, with one function `call`
//   script.cpp    a process of a case: reads a call, performs it, answers; starts, joins and kills children
//   adapter.cpp   the supervisor: relays lines between heddle and the processes, tells who is gone, clears up
//
// A case begins with a process called main, which is forked here, and which forks the others. Each has a
// socket of its own, made before anybody is born: a process keeps its own end and those of who it may start,
// so that the supervisor reads the end of a socket when its process is gone. Nobody wakes up but for a
// message or for what is tested: heddle tells from sleeping threads that a call waits.
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <adapters/boost/objects.hpp>
#include <adapters/boost/script.hpp>
#include <algorithm>
#include <boost/version.hpp>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <map>

namespace boost_adapter {
namespace {

class Supervisor {
 public:
  Supervisor(int source, int sink) : source_(source), sink_(sink) {}

  /// Until the runner is gone.
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
      tell(hello());
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

  static Json hello() {
    Json all = capabilities();
    for (const char* each : {"process", "Process.is_alive", "Process.exitcode", "Process.kill",
                             "Process.terminate", "Process.stop", "Process.resume"})
      all.push_back(each);
    return {{"type", "hello"},
            {"protocol", 1},
            {"implementation", "Boost.Interprocess"},
            {"version", BOOST_LIB_VERSION},
            {"language", "C++"},
            {"issues_url", "https://github.com/boostorg/interprocess/issues"},
            {"capabilities", all},
            {"limits", {{"processes", 64}}},
            {"start_methods", {"fork"}}};
  }

  void begin(const Json& message) {
    const Family family = family_in(message);
    Ends ends;
    for (const auto& [name, others] : family) {
      int both[2];
      socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, both);
      processes_.emplace(name, Lines(both[0]));
      ends[name] = both[1];
    }
    main_ = fork();
    if (main_ == 0) {
      close(source_.descriptor);
      close(sink_);
      for (const auto& [name, lines] : processes_) close(lines.descriptor);
      Script("main", family, ends).run();
    }
    for (const auto& [name, end] : ends) close(end);
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
    if (found->first == "main") exit["code"] = code_of(main_);
    close(descriptor);
    processes_.erase(found);
    tell(exit);
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
}  // namespace boost_adapter

int main() {
  std::signal(SIGPIPE, SIG_IGN);
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  boost_adapter::Supervisor(boost_adapter::number_in("HEDDLE_ADAPTER_IN"),
                            boost_adapter::number_in("HEDDLE_ADAPTER_OUT"))
      .serve();
}
