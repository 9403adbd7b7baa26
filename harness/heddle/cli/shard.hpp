// Which share of a run this process has, as the command line or whoever started the process says it.
#pragma once

#include <string_view>

#include <heddle/cli/terminal.hpp>
#include <heddle/core/error.hpp>
#include <heddle/results/result_file.hpp>

namespace heddle::cli {

/// "3/8", the third of eight; or "auto", which asks the environment: the first of the systems below of which
/// anything is set. Errors shard-malformed, and shard-environment if none of them is, or what it says makes
/// no sense.
///
///   GoogleTest      GTEST_SHARD_INDEX from 0, GTEST_TOTAL_SHARDS
///   Bazel           TEST_SHARD_INDEX from 0, TEST_TOTAL_SHARDS
///   Slurm arrays    SLURM_ARRAY_TASK_ID from SLURM_ARRAY_TASK_MIN (0 if not set), SLURM_ARRAY_TASK_COUNT
///   Kubernetes      JOB_COMPLETION_INDEX from 0, JOB_COMPLETIONS, which the job's manifest has to set
///   CI services     CI_NODE_INDEX from 1, CI_NODE_TOTAL
Expected<results::Shard> shard_of(std::string_view text, const Environment& environment);

}  // namespace heddle::cli
