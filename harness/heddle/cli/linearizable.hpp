// The command linearizable: a verdict for each history, and of an illegal one where it becomes so.
#pragma once

#include <heddle/cli/context.hpp>
#include <heddle/cli/request.hpp>

namespace heddle::cli {

/// Findings if one is not linearizable, else inconclusive if one is undecided. Errors: history-unreadable,
/// history-malformed; the files before that one have their verdicts.
Expected<ExitCode> judge_histories(const JudgeHistories& asked, const Context& context);

}  // namespace heddle::cli
