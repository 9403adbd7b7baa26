// HEDDLE_TEST(Suite, Name) { ... }: a GoogleTest test whose body is the main process of many simulated
// executions, 1,000 unless the environment, or a flag of the binary, says otherwise:
//
//   HEDDLE_LONG=1                --heddle-long           100,000, for the night
//   HEDDLE_BUDGET=30s            --heddle-budget=30s     10000x, 30s or 2m, in place of either
//   HEDDLE_SEED=7                --heddle-seed=7
//   HEDDLE_STRATEGY=round-robin  --heddle-strategy=round-robin
//   HEDDLE_SUPPRESSIONS=<file>   --heddle-suppressions=<file>
//   HEDDLE_REPLAY=<token>        --heddle-replay=<token>
//
// HEDDLE_REPLAY runs exactly the execution that the token holds; tests it does not belong to are skipped.
// EXPECT_*, ASSERT_*, ADD_FAILURE, SCOPED_TRACE and GTEST_SKIP work in every task. The first part that fails
// becomes an `assertion` finding and ends its execution when the task next uses a primitive. One failure is
// reported for the test, for the shortest interleaving known, with the line that replays it.
//
// Not promised inside a task: what GoogleTest keeps until the test ends (mock objects, RecordProperty), what
// it installs for a statement (EXPECT_FATAL_FAILURE, ASSERT_NO_FATAL_FAILURE around a primitive's call),
// and death tests. A body must not touch globals, as for every simulated program.
#pragma once

#include <gtest/gtest.h>

#include <string>

namespace heddle::gtest {

/// Explores the body as the environment says and reports as the running test. `file` and `line` are where
/// it says so when the finding has no place of its own.
void run_test(void (*body)(), const char* file, int line);

}  // namespace heddle::gtest

#define HEDDLE_TEST(suite, name)                                                                      \
  static void heddle_body_##suite##_##name();                                                         \
  TEST(suite, name) { ::heddle::gtest::run_test(&heddle_body_##suite##_##name, __FILE__, __LINE__); } \
  static void heddle_body_##suite##_##name()
