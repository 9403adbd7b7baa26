// What a test runner's environment asks of a gate: Bazel's test encyclopedia says where results go, which
// tests are wanted and which share of them; CTest keeps a test's whole output if it says so itself.
#pragma once

#include <heddle/cli/request.hpp>
#include <heddle/cli/terminal.hpp>
#include <heddle/core/error.hpp>

namespace heddle::cli {

/// XML_OUTPUT_FILE takes report junit, TEST_UNDECLARED_OUTPUTS_DIR report html; TESTBRIDGE_TEST_ONLY is a
/// pattern of scenarios; TEST_TOTAL_SHARDS and TEST_SHARD_INDEX are a share of them, whose file
/// TEST_SHARD_STATUS_FILE is made to say that it is heeded. Flags that were typed count for more. Errors
/// shard-environment, and result-unwritable for that file.
Expected<JudgeScenarios> heeding_test_runner(JudgeScenarios asked, const Environment& environment);

/// A line that goes first, so that CTest does not cut the line to paste; empty: no CTest.
std::string line_for_ctest(const Environment& environment);

}  // namespace heddle::cli
