// SCOPED_TRACE inside simulated tasks. GoogleTest keeps one stack of traces per OS thread, on which all
// simulated tasks would push and pop in turn; so each task has a stack of its own here, and the linker sends
// what a ScopedTrace does through scoped_trace.cpp, which picks the stack.
//
// The stacks live on the host heap and outlast the tasks: those of a killed task stay until the next
// execution begins. One OS thread works with the traces that it has installed, and no other.
#pragma once

#include <map>
#include <mp/os/os.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace heddle::gtest {

class TaskTraces {
 public:
  TaskTraces();
  ~TaskTraces();
  TaskTraces(const TaskTraces&) = delete;
  TaskTraces& operator=(const TaskTraces&) = delete;

  /// Those of the calling OS thread; nullptr where no HEDDLE_TEST runs.
  static TaskTraces* installed();

  /// A new execution begins: forget everything.
  void begin();
  /// On and off the calling task's stack.
  void push(const char* file, int line, std::string_view message);
  void pop();
  /// The calling task's stack in words, innermost first, as "file:line: message" each; empty if it has none.
  std::string words() const;

 private:
  std::map<mp::ThreadId, std::vector<std::string>> stacks_;
  TaskTraces* previous_;
};

}  // namespace heddle::gtest
