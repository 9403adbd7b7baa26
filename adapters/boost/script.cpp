// The loop of a process, and what it does to its children.
#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <adapters/boost/script.hpp>
#include <algorithm>
#include <chrono>
#include <csignal>
#include <thread>

namespace boost_adapter {

std::optional<std::vector<std::string>> Lines::read() {
  char data[4096];
  const ssize_t size = ::read(descriptor, data, sizeof data);
  if (size <= 0) return std::nullopt;
  rest.append(data, static_cast<std::size_t>(size));
  std::vector<std::string> lines;
  for (std::size_t end = 0; (end = rest.find('\n')) != std::string::npos; rest.erase(0, end + 1))
    lines.push_back(rest.substr(0, end));
  return lines;
}

void write_line(int descriptor, const std::string& line) {
  const std::string whole = line + "\n";
  for (std::size_t at = 0; at < whole.size();) {
    const ssize_t written = write(descriptor, whole.data() + at, whole.size() - at);
    if (written <= 0) return;
    at += static_cast<std::size_t>(written);
  }
}

int code_of(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

namespace {

const Json& script_called(const Json& scripts, const std::string& name) {
  return *std::ranges::find_if(scripts, [&](const Json& script) { return script["name"] == name; });
}

std::set<std::string> instances_of(const Json& script) {
  const std::string name = script["name"];
  const int copies = script.value("copies", 1);
  if (copies == 1) return {name};
  std::set<std::string> names;
  for (int i = 1; i <= copies; ++i) names.insert(name + "-" + std::to_string(i));
  return names;
}

std::set<std::string> started_by(const Json& scripts, const Json& script) {
  std::set<std::string> names;
  for (const std::string name : script["scripts"]) {
    const Json& started = script_called(scripts, name);
    names.merge(instances_of(started));
    names.merge(started_by(scripts, started));
  }
  return names;
}

}  // namespace

Family family_in(const Json& message) {
  const Json& scripts = message["program"]["scripts"];
  Family family;
  for (const Json& script : scripts)
    for (const std::string& name : instances_of(script)) family[name] = started_by(scripts, script);
  return family;
}

void Script::run() {
  using Clock = std::chrono::steady_clock;
  Lines lines(ends_.at(name_));
  while (const auto calls = lines.read()) {
    for (const std::string& line : *calls) {
      const Json call = Json::parse(line);
      if (call["form"] == "end") leave(call["args"].empty() ? 0 : 1);
      if (!call.contains("object") && call["operation"] == "exit") {
        const Json code = call["args"].empty() ? Json() : call["args"][0];
        leave(code.is_string() ? 1 : code.is_number() ? code.get<int>() & 255 : code == true);
      }
      Json answer{{"seq", call["seq"]}, {"ev", "ret"}, {"process", name_}};
      const Clock::time_point begun = Clock::now();
      try {
        answer["result"] = perform(call);
      } catch (const Error& error) {
        answer["error"] = {
            {"type", error.type}, {"bases", {"Exception"}}, {"words", error.words}, {"definite", true}};
      } catch (const std::exception& error) {
        answer["error"] = {
            {"type", "RuntimeError"}, {"bases", {"Exception"}}, {"words", error.what()}, {"definite", false}};
      }
      answer["seconds"] = std::chrono::duration<double>(Clock::now() - begun).count();
      write_line(lines.descriptor, answer.dump());
    }
  }
  _exit(1);
}

Json Script::perform(const Json& call) {
  const std::string operation = call["operation"];
  const Arguments arguments(call);
  if (call["form"] == "make") {
    objects_[call["names"][0]] = make(operation, arguments, objects_);
    return true;
  }
  if (!call.contains("object")) {
    if (operation != "sleep") throw Error{"AttributeError", "no function " + operation};
    std::this_thread::sleep_for(std::chrono::duration<double>(arguments.at(0, "seconds").get<double>()));
    return {};
  }
  const std::string name = call["object"];
  if (family_[name_].contains(name)) return perform_on_child(children_[name], name, operation, arguments);
  if (!objects_.contains(name)) throw Error{"AttributeError", "nothing is called " + name};
  return objects_[name]->call(operation, arguments);
}

Json Script::perform_on_child(Child& child, const std::string& name, const std::string& operation,
                              const Arguments& arguments) {
  if (operation == "start") {
    if (child.pid != 0) throw Error{"AssertionError", "cannot start a process twice"};
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
  const pid_t pid = fork();
  if (pid == 0) {
    for (const auto& [owner, end] : ends_)
      if (owner != name && !family_[name].contains(owner)) close(end);
    name_ = name;
    children_.clear();
    run();
  }
  child.pid = pid;
  close(ends_.at(name));  // from here on its death is the end of its socket
  ends_.erase(name);
}

bool Script::join(Child& child, const Json& timeout) {
  if (child.code) return true;
  const int descriptor = static_cast<int>(syscall(SYS_pidfd_open, child.pid, 0));
  pollfd wanted{descriptor, POLLIN, 0};
  const int ready =
      poll(&wanted, 1, timeout.is_null() ? -1 : std::max(0, static_cast<int>(timeout.get<double>() * 1000)));
  close(descriptor);
  if (ready == 1) child.code = code_of(child.pid);
  return ready == 1;
}

void Script::leave(int code) {
  for (auto& [name, child] : children_)
    if (child.pid != 0) join(child, {});
  _exit(code);
}

}  // namespace boost_adapter
