// See the header.
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include <adapters/kit/cast.hpp>
#include <array>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <utility>

namespace adapter_kit {
namespace {

Cast* on_stage = nullptr;           // of this process
std::mutex guard;                   // of the ends: a thread of a script closes its own
thread_local std::string starting;  // who is to be born of this thread; empty: nobody of the case

}  // namespace

std::set<std::string> instances_of(const Json& script) {
  const std::string name = script["name"];
  const int copies = script.value("copies", 1);
  if (copies == 1) return {name};
  std::set<std::string> names;
  for (int i = 1; i <= copies; ++i) names.insert(name + "-" + std::to_string(i));
  return names;
}

Cast::Cast(const Json& message, std::map<std::string, int>& supervisors) {
  std::map<std::string, Json> by_name;
  for (const Json& script : message["program"]["scripts"]) by_name[script["name"]] = script;
  const std::function<std::set<std::string>(const Json&)> started_by = [&](const Json& script) {
    std::set<std::string> names;
    for (const std::string name : script["scripts"]) {
      names.merge(instances_of(by_name.at(name)));
      names.merge(started_by(by_name.at(name)));
    }
    return names;
  };
  for (const auto& [script_name, script] : by_name)
    for (const std::string& name : instances_of(script)) {
      std::array<int, 2> both{};
      if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, both.data()) != 0)
        throw std::runtime_error("the machine refuses sockets");
      scripts_[name] = script;
      below_[name] = started_by(script);
      supervisors[name] = both[0];
      ends_[name] = both[1];
    }
}

const Json& Cast::script_of(const std::string& name) const {
  static const Json nobody;
  const auto found = scripts_.find(name);
  return found == scripts_.end() ? nobody : found->second;
}

bool Cast::is_process(const std::string& name) const {
  const Json& script = script_of(name);
  return script.is_object() && script.value("kind", "process") == "process";
}

int Cast::end_of(const std::string& name) const {
  const std::lock_guard lock(guard);
  return ends_.at(name);
}

void Cast::take_the_stage() {
  static bool is_prepared = false;  // a child is, as its parent was
  on_stage = this;
  if (std::exchange(is_prepared, true)) return;
  pthread_atfork([] { guard.lock(); }, [] { guard.unlock(); },
                 [] {
                   close_what_is_the_parents();
                   guard.unlock();
                 });
}

Cast::Starting::Starting(const std::string& name) { starting = name; }
Cast::Starting::~Starting() { starting.clear(); }

void Cast::close_those_of(const std::string& name) {
  const std::lock_guard lock(guard);
  for (auto end = ends_.begin(); end != ends_.end();) {
    const bool is_given = belongs_to(end->first, name);
    if (is_given) close(end->second);
    end = is_given ? ends_.erase(end) : std::next(end);
  }
}

void Cast::close_end(const std::string& name) {
  const std::lock_guard lock(guard);
  close(ends_.at(name));
  ends_.erase(name);
}

void Cast::close_all() {
  for (const auto& [name, end] : ends_) close(end);
  ends_.clear();
}

bool Cast::belongs_to(const std::string& name, const std::string& owner) const {
  return name == owner || below_.at(owner).contains(name);
}

void Cast::close_what_is_the_parents() {
  auto& ends = on_stage->ends_;
  for (auto end = ends.begin(); end != ends.end();) {
    const bool is_mine = !starting.empty() && on_stage->belongs_to(end->first, starting);
    if (!is_mine) close(end->second);
    end = is_mine ? std::next(end) : ends.erase(end);
  }
}

}  // namespace adapter_kit
