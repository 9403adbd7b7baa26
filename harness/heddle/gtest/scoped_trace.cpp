// What stands behind SCOPED_TRACE in programs that link heddle_gtest. The linker renames every call of the
// two functions to __wrap_... (see the link options of heddle_gtest); __real_... are GoogleTest's own. The
// mangled names are those of g++ and clang++ with libstdc++; with another library the wrapped names would
// not occur and every task would share one stack.
#include <gtest/gtest.h>

#include <heddle/core/session.hpp>
#include <heddle/gtest/task_traces.hpp>
#include <string>

namespace {

/// Is a simulated task calling? Outside one, and on the host, traces are GoogleTest's own business.
bool in_a_task() { return heddle::session() != nullptr; }

}  // namespace

extern "C" {

void __real__ZN7testing11ScopedTrace9PushTraceEPKciNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE(
    testing::ScopedTrace* scope, const char* file, int line, std::string message);
void __real__ZN7testing11ScopedTraceD1Ev(testing::ScopedTrace* scope);

void __wrap__ZN7testing11ScopedTrace9PushTraceEPKciNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE(
    testing::ScopedTrace* scope, const char* file, int line, std::string message) {
  if (!in_a_task()) {
    __real__ZN7testing11ScopedTrace9PushTraceEPKciNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE(
        scope, file, line, std::move(message));
  } else if (heddle::gtest::TaskTraces* const traces = heddle::gtest::TaskTraces::installed()) {
    traces->push(file, line, message);
  }
}

void __wrap__ZN7testing11ScopedTraceD1Ev(testing::ScopedTrace* scope) {
  if (!in_a_task()) {
    __real__ZN7testing11ScopedTraceD1Ev(scope);
  } else if (heddle::gtest::TaskTraces* const traces = heddle::gtest::TaskTraces::installed()) {
    traces->pop();
  }
}

}  // extern "C"
