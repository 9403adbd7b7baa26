// The command merge: one result out of those of all shards.
#pragma once

#include <heddle/cli/context.hpp>
#include <heddle/cli/request.hpp>

namespace heddle::cli {

/// Inconclusive, unless there are findings, if a shard is missing or was interrupted; which one is told.
/// Errors: result-unreadable, result-malformed, result-version, result-mixed, result-foreign, shard-twice,
/// and those of find_subject.
Expected<ExitCode> merge_results(const MergeResults& asked, const Context& context);

}  // namespace heddle::cli
