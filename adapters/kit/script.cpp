// See the header.
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <adapters/kit/lines.hpp>
#include <adapters/kit/script.hpp>
#include <algorithm>
#include <chrono>
#include <csignal>
#include <thread>

namespace adapter_kit {

std::vector<std::string> capabilities_of_processes() {
  return {"process",           "Process.is_alive", "Process.exitcode", "Process.kill",
          "Process.terminate", "Process.stop",     "Process.resume"};
}

std::function<void(const Json&, Cast)> scripts(Maker make) {
  return [make = std::move(make)](const Json&, Cast cast) { Script("main", std::move(cast), make).run(); };
}

void Script::run() {
  cast_.take_the_stage();
  Lines lines(cast_.end_of(name_));
  while (const auto calls = lines.read())
    for (const std::string& line : *calls) {
      const Json call = Json::parse(line);
      if (call["form"] == "end") leave(call["args"].empty() ? 0 : 1);
      if (!call.contains("object") && call["operation"] == "exit") {
        const Json code = call["args"].empty() ? Json() : call["args"][0];
        leave(code.is_string() ? 1 : code.is_number() ? code.get<int>() & 255 : code == true);
      }
      write_line(lines.descriptor, answer_to(call).dump());
    }
  _exit(1);
}

Json Script::answer_to(const Json& call) {
  using Clock = std::chrono::steady_clock;
  Json answer{{"seq", call["seq"]}, {"ev", "ret"}, {"process", name_}};
  const auto raise = [&](const std::string& type, const std::string& words, bool is_definite) {
    answer["error"] = {{"type", type}, {"bases", {"Exception"}}, {"words", words}, {"definite", is_definite}};
  };
  const Clock::time_point begun = Clock::now();
  try {
    answer["result"] = perform(call);
  } catch (const Error& error) {
    raise(error.type, error.words, true);
  } catch (const std::exception& error) {
    raise("RuntimeError", error.what(), false);
  }
  answer["seconds"] = std::chrono::duration<double>(Clock::now() - begun).count();
  return answer;
}

Json Script::perform(const Json& call) {
  const std::string operation = call["operation"];
  const Arguments arguments(call);
  if (call["form"] == "make") {
    objects_[call["names"][0]] = make_(operation, arguments, objects_);
    return true;
  }
  if (!call.contains("object")) {
    if (operation != "sleep") throw Error{"AttributeError", "no function " + operation};
    std::this_thread::sleep_for(std::chrono::duration<double>(arguments.at(0, "seconds").get<double>()));
    return {};
  }
  const std::string name = call["object"];
  if (objects_.contains(name)) return objects_[name]->call(operation, arguments);
  if (cast_.script_of(name).is_null()) throw Error{"AttributeError", "nothing is called " + name};
  return perform_on_child(children_[name], name, operation, arguments);
}

Json Script::perform_on_child(Child& child, const std::string& name, const std::string& operation,
                              const Arguments& arguments) {
  if (operation == "start") {
    if (child.pid != 0) throw Error{"AssertionError", "cannot start a process twice"};
    if (cast_.script_of(name_).value("daemon", Json()) == true)
      throw Error{"AssertionError", "a daemonic process has no children"};
    start(child, name);
    return {};
  }
  if (operation == "is_alive") return child.pid != 0 && !join(child, 0);
  if (operation == "exitcode") {
    if (child.pid != 0) join(child, 0);
    return child.code ? Json(*child.code) : Json();
  }
  if (child.pid == 0) throw Error{"AssertionError", "can only do this to a started process"};
  if (operation == "join")
    join(child, arguments.at(0, "timeout"));
  else if (!child.code)  // else it is over, and its pid perhaps another's
    kill(child.pid, operation == "kill"        ? SIGKILL
                    : operation == "terminate" ? SIGTERM
                    : operation == "stop"      ? SIGSTOP
                                               : SIGCONT);
  return {};
}

void Script::start(Child& child, const std::string& name) {
  child.pid = cast_.start(name, [&] {
    const pid_t pid = fork();
    if (pid != 0) return pid;
    name_ = name;
    children_.clear();
    run();
  });
}

bool Script::join(Child& child, const Json& timeout) {
  if (child.code) return true;
  const int descriptor = static_cast<int>(syscall(SYS_pidfd_open, child.pid, 0));
  pollfd wanted{descriptor, POLLIN, 0};
  const int ready =
      poll(&wanted, 1, timeout.is_null() ? -1 : std::max(0, static_cast<int>(timeout.get<double>() * 1000)));
  close(descriptor);
  if (ready != 1) return false;
  int status = 0;
  waitpid(child.pid, &status, 0);
  child.code = WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
  return true;
}

void Script::leave(int code) {
  for (auto& [name, child] : children_)
    if (child.pid != 0) join(child, {});
  _exit(code);
}

}  // namespace adapter_kit
