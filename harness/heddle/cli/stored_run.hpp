// Runs whose result is more than what is printed: a run by several processes, of one shard, or with a file
// for what it saw; and such files as they are read again.
#pragma once

#include <string>
#include <vector>

#include <heddle/cli/context.hpp>
#include <heddle/cli/request.hpp>
#include <heddle/cli/sharing.hpp>
#include <heddle/cli/subject.hpp>

namespace heddle::cli {

/// Must more be done than to explore and to print?
bool is_shared(const RunScenario& asked);

/// Errors result-unreadable, result-malformed and result-version.
Expected<results::StoredResult> load_result(const std::string& file);

/// What a run has to ask for to go on with a result; jobs, result and report are those of `asked`.
RunScenario run_of(const results::StoredResult& result, const RunScenario& asked);

/// Can the program here go on with what was stored? Error result-foreign.
Expected<void> check_program(const Search& search, const results::StoredResult& result);

/// Searches, stores if a file is asked for, and says in `unwritten` if that failed: what was found is there
/// nonetheless. Errors result-unwritable if that is known beforehand, result-foreign, host-refused.
struct SharedRun {
  Searched searched;
  std::optional<Error> unwritten = {};
};
Expected<SharedRun> run_shared(const RunScenario& asked, const Search& search, const Context& context);

}  // namespace heddle::cli
