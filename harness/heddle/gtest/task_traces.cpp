// The stacks. Whatever is kept is copied on the host heap: a message built by a task lies in the arena of
// its process.
#include <heddle/core/arena.hpp>
#include <heddle/gtest/task_traces.hpp>
#include <ranges>
#include <utility>

namespace heddle::gtest {
namespace {

thread_local TaskTraces* installed_traces = nullptr;

}  // namespace

TaskTraces::TaskTraces() : previous_(std::exchange(installed_traces, this)) {}
TaskTraces::~TaskTraces() { installed_traces = previous_; }

TaskTraces* TaskTraces::installed() { return installed_traces; }

void TaskTraces::begin() {
  const HostAllocation host;
  stacks_.clear();
}

void TaskTraces::push(const char* file, int line, std::string_view message) {
  const HostAllocation host;
  std::string trace = file == nullptr ? std::string("unknown file") : std::string(file);
  trace += ":" + std::to_string(line) + ": ";
  trace += message;
  stacks_[mp::os().thread_id()].push_back(std::move(trace));
}

void TaskTraces::pop() {
  const HostAllocation host;
  std::vector<std::string>& stack = stacks_[mp::os().thread_id()];
  // Empty only for a scope that was opened before these traces were installed.
  if (!stack.empty()) stack.pop_back();
}

std::string TaskTraces::words() const {
  const auto found = stacks_.find(mp::os().thread_id());
  if (found == stacks_.end()) return "";
  std::string words;
  for (const std::string& trace : found->second | std::views::reverse) {
    if (!words.empty()) words += "; ";
    words += trace;
  }
  return words;
}

}  // namespace heddle::gtest
